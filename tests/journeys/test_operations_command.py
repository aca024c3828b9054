"""The command line takes attendance and calls in, draws inspections, and tells what each did."""

from pathlib import Path

from tests.journeys.command_line import Line

WORKER = """INSERT INTO gridseat.staff (code, name, kind, grid_id, organisation_id)
            SELECT 'w9', '周走访', 'full_time', g.id, g.organisation_id
            FROM gridseat.grid AS g WHERE g.code = '130123101002001' ON CONFLICT DO NOTHING"""
BESIDE = """INSERT INTO gridseat.attendance (staff_id, day, organisation_id, due, came)
            SELECT s.id, $1::text::date - 1, s.organisation_id, false, desk.now() - interval '1 day'
            FROM gridseat.staff AS s WHERE s.code = 'w9'"""
FILES = {
    "attendance": ("工号,日期,应出勤,上班打卡", "w9,{day},应到,08:20"),
    "patrols": ("工号,开始时间,结束时间", "w9,{day} 09:00,{day} 10:30"),
    "visits": ("工号,走访日期,户编号", "w9,{day},H-1"),
    "grid_households": ("网格编码,户数", "130123101002001,12"),
    "groups": ("群编号,群名,社区编码,入群户数", '=G1,"=HYPERLINK(1)",130123101002,9'),
    "calls": ("话单号,中心编码,振铃时间,接听时间", "C1,130123,{day} 09:00:00,{day} 09:00:09"),
    "flags": ("社区编码,月份,项目,是否达标", "130123101002,{day},零事故,是"),
}


def test_what_goes_in_is_told_again(line: Line, tmp_path: Path) -> None:
    line.owner(WORKER)
    day = str(line.owner("SELECT gridseat.day_of(desk.now(), 'Asia/Shanghai')")[0][0])
    for kind, rows in FILES.items():
        file = tmp_path / f"{kind}.csv"
        file.write_text("\n".join(rows).format(day=day), encoding="gb18030")
        told = line.ask("import", kind, str(file))
        assert told.code == (1 if kind == "groups" else 0), told.out
        assert told.document["added"] == (0 if kind == "groups" else 1), "a formula is no code"
    (row,) = line.ask("attendance", "list", "--organisation", "130123101002").document["staff"]
    assert (row["code"], row["due"], row["came"]) == ("w9", True, f"{day}T08:20:00+08:00")
    (record,) = line.ask("work", "staff", "--organisation", "130123101002").document["staff"]
    assert (record["due"], record["present"], record["patrols"], record["visits"]) == (1, 1, 1, 1)
    line.owner(BESIDE, day)
    (record,) = line.ask("work", "staff", "--organisation", "130123101002").document["staff"]
    assert (record["due"], record["present"], record["beside"]) == (1, 1, 1), "never more there than due"
    shown = line.ask("flag", "show", "--organisation", "130123101002", "--month", day[:7]).document["flags"]
    assert [one["key"] for one in shown if one["kept"]] == ["no_accident"]
    (worker,) = (row for row in line.run("attendance", "list").out.splitlines() if "周走访" in row)
    assert "130123101002" not in worker.split(), "an organisation is called by its name"
    flags = line.run("flag", "show").out
    assert flags.split()[:2] == ["机构编码", "机构"], "the code by which a flag is told says that it is one"
    assert "零事故" in flags
    assert "Full-time worker" in line.run("--language", "en", "work", "staff").out
    assert "没有" in line.run("group", "list").out
    assert line.ask("database", "check").code == 0


def test_cases_are_drawn_and_told(line: Line) -> None:
    number = line.report("--centre", "130123")
    line.prepare(number, "answer --text 已说明政策")
    line.owner(
        "UPDATE gridseat.incident SET closed_at = closed_at - interval '1 second' WHERE number = $1", number
    )
    month = str(line.owner("SELECT to_char(desk.now() AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM')")[0][0])
    draw = ("inspection", "draw", month, "--mode", "phone", "--size", "5000")
    made = line.ask(*draw).document
    assert made["drawn"] == made["candidates"] >= 1
    assert line.ask(*draw).document["added"] == 0
    assert "电话抽查" in line.run(*draw).out
    waiting = line.ask("inspection", "list", "--waiting").document["inspections"]
    one = next(row["id"] for row in waiting if row["number"] == number)
    failed = ("inspection", "tell", str(one), "--passed", "no")
    assert (line.ask(*failed).code, line.ask(*failed).error) == (2, "inspection_note")
    assert line.run(*failed, "--note", "电话里说没有解决").out.strip() == "已记下"
    assert line.ask("inspection", "list", "--waiting").document["count"] == len(waiting) - 1
    assert line.ask("work", "units").code == 0


def test_what_cannot_be_meant_is_told_with_its_code(line: Line) -> None:
    answers = {
        ("attendance", "punch"): (1, "not_in_staff_list"),
        ("attendance", "list", "--day", "昨日"): (2, "day_unreadable"),
        ("work", "staff", "--days", "0"): (2, "bad_days"),
        ("work", "units", "--organisation", "月球"): (2, "no_such_unit"),
        ("flag", "tell", "130123101002", "2026-13", "零事故", "--kept", "是"): (2, "cell_month"),
        ("flag", "tell", "130123101002", "2026-10", "零投诉", "--kept", "是"): (2, "no_such_flag"),
        ("flag", "tell", "130123101002", "2026-10", "零事故", "--kept", "大概"): (2, "cell_choice"),
        ("flag", "tell", "130123101002", "2026-10", "零事故", "--kept", "否", "--note", " "): (
            2,
            "flag_note",
        ),
        ("flag", "end", "x"): (2, "no_such_flag"),
        ("inspection", "draw", "2026-10", "--mode", "phone", "--size", "0"): (2, "bad_draw_size"),
        ("inspection", "draw", "2026-10", "--mode", "swim", "--size", "1"): (2, "usage"),
        ("inspection", "tell", "999999", "--passed", "yes"): (1, "no_inspection"),
    }
    told = {words: line.ask(*words) for words in answers}
    assert {words: (one.code, one.error) for words, one in told.items()} == answers
    assert (
        line.ask("flag", "tell", "130123101002", "2026-10", "零事故", "--kept", "是").document["added"] == 1
    )
    assert line.ask("flag", "list").document["count"] == 10
