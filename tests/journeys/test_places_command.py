"""The command line tells what is around a case, what a grid is, and where a worker is."""

import shapely

from tests.journeys.command_line import Line

SOUTH = "130123201001001"
HERE = ("--point", "114.55,38.11", "--datum", "WGS-84", "--centre", "130123")


def furnish(line: Line) -> None:
    line.owner(
        """INSERT INTO gridseat.resource (organisation_id, code, name, kind, grid_id, spot, raw, datum, phone)
           SELECT o.id, 'S1', '南楼驿站', 'station', g.id, point(114.551, 38.11), point(114.551, 38.11),
                  'WGS-84', '0311-88001234' FROM gridseat.organisation AS o, gridseat.grid AS g
           WHERE o.code = '130123' AND g.code = $1 ON CONFLICT DO NOTHING""",
        SOUTH,
    )
    line.owner(
        """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id, phone)
           SELECT 'w1', '王走访', 'full_time', g.id, g.organisation_id, '13912345678'
           FROM gridseat.grid AS g WHERE g.code = $1 ON CONFLICT DO NOTHING""",
        SOUTH,
    )
    line.owner("UPDATE gridseat.grid SET outline = $1", shapely.to_wkb(shapely.box(0, 0, 1, 1)))


def test_what_is_near_a_case_and_within_a_circle(line: Line) -> None:
    furnish(line)
    number = line.report("--title", "井盖丢失", *HERE)
    near = line.ask("near", str(number), "--kind", "网格驿站")
    assert near.code == 0
    (station,) = near.document["resources"]
    assert (station["code"], station["kind"], station["metres"]) == ("S1", "station", 87.5)
    told = line.run("near", str(number)).out
    assert "南楼驿站" in told
    assert "网格驿站" in told
    assert "王走访" in told
    assert "Full-time worker" in line.run("--language", "en", "near", str(number)).out

    circle = line.ask("within", "--point", "114.55,38.11", "--datum", "WGS-84", "--metres", "100").document
    assert number in [one["number"] for one in circle["cases"]["rows"]]
    assert [one["code"] for one in circle["resources"]["rows"]] == ["S1"]
    assert "井盖丢失" in line.run("within", str(number), "--metres", "100").out
    assert "没有" in line.run("within", str(number), "--metres", "1", "--kind", "camera").out


def test_a_question_that_cannot_be_meant_is_told_with_its_code(line: Line) -> None:
    furnish(line)
    number = line.report("--title", "无坐标")
    answers = {
        ("near", "999999"): (1, "not_found"),
        ("near", str(number)): (1, "case_without_point"),
        ("near",): (2, "usage"),
        ("near", "1", "--point", "114.5,38.1"): (2, "usage"),
        ("near", "--point", "114.5,38.1"): (2, "datum_needed"),
        ("near", "--point", "114.5;38.1", "--datum", "WGS-84"): (2, "bad_point"),
        ("near", str(number), "--kind", "城堡"): (2, "no_such_kind"),
        ("within", str(number), "--metres", "far"): (2, "bad_radius"),
        ("within", "--point", "114.5,38.1", "--datum", "WGS-84", "--metres", "1e9"): (2, "bad_radius"),
        ("grid", "show", "骆驼"): (2, "no_such_grid"),
        ("grid", "show", SOUTH, "--days", "x"): (2, "bad_days"),
        ("grid", "end", "骆驼"): (2, "no_such_grid"),
        ("resource", "list", "--kind", "城堡"): (2, "no_such_kind"),
        ("staff", "locate", "--point", "114.5,38.1", "--datum", "WGS-84"): (1, "not_in_staff_list"),
        ("staff", "locate"): (2, "usage"),
    }
    told = {words: line.ask(*words) for words in answers}
    assert {words: (one.code, one.error) for words, one in told.items()} == answers
    assert "NUMBER --point 要写其中之一" in line.run("near").err
    assert "城堡”这类资源；可用：网格驿站、警务室" in line.run("resource", "list", "--kind", "城堡").err


def test_a_grids_card_its_resources_and_its_end(line: Line) -> None:
    furnish(line)
    card = line.ask("grid", "show", SOUTH).document
    assert (card["name"], card["version"], card["staff"][0]["phone"]) == (
        "130123201001第1网格",
        1,
        "13912345678",
    )
    told = line.run("grid", "show", SOUTH).out
    assert "综合网格" in told
    assert "王走访" in told
    assert "最近 30 天" in told
    listed = line.ask("resource", "list", "--kind", "station").document
    assert (listed["count"], listed["resources"][0]["grid_code"]) == (1, SOUTH)
    assert "南楼驿站" in line.run("resource", "list").out
    assert line.ask("--as", "县坐席", "grid", "end", SOUTH).error == "admin_needed"
    assert line.ask("grid", "end", "130123101002001").document["ended"] == "2026-11-20T10:00:00+08:00"
    assert "已终止" in line.run("grid", "end", "130123101002001").out
    assert line.ask("grid", "show", "130123101002001").document["ended"]


def test_a_worker_tells_a_place_and_takes_it_back(line: Line) -> None:
    furnish(line)
    line.owner(
        "UPDATE gridseat.staff SET person_id = (SELECT id FROM gridseat.person WHERE login = '城管员')"
    )
    worker = ("--as", "城管员", "staff", "locate")
    kept = line.ask(*worker, "--point", "114.5563,38.1105", "--datum", "高德").document
    assert (kept["grid"], kept["datum"]) == (SOUTH, "GCJ-02")
    assert kept["shown_until"] == "2026-11-20T10:30:00+08:00"
    assert "王走访" in line.run("staff", "list").out
    assert line.ask("staff", "list").document["count"] == 1
    assert line.ask("--as", "城管员", "staff", "list").document["count"] == 0
    assert "已记下" in line.run(*worker, "--point", "114.55,38.11", "--datum", "WGS-84").out
    assert line.ask(*worker, "--off").document == {"withdrawn": True}
    assert "没有可收回" in line.run(*worker, "--off").out
