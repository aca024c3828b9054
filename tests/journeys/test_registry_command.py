"""People and houses from the command line: a file, spot checks, a visit, and what is shown and erased."""

from pathlib import Path

from tests.journeys.command_line import Line

GRID = "130123101001001"
HOUSES = f"房屋编码,网格编码,用途,地址\nH1,{GRID},自住,幸福路1号\n"
RESIDENTS = (
    "身份证号,人口类型,姓名,出生日期,是否独居,手机号,网格编码\n"
    f"110101195003071234,户籍,王建国,1950-03-07,是,13812342751,{GRID}\nR2,流动,李四,1990,否,,{GRID}\nR3,流动,,,,,9\n"
)


def test_the_registry_is_brought_in_checked_visited_and_erased(line: Line, tmp_path: Path) -> None:
    for kind, text in (("houses", HOUSES), ("residents", RESIDENTS)):
        (tmp_path / f"{kind}.csv").write_bytes(text.encode("gbk"))
    assert line.ask("import", "houses", str(tmp_path / "houses.csv")).code == 0
    brought = line.ask("import", "residents", str(tmp_path / "residents.csv"))
    assert (brought.code, brought.document["added"], brought.document["refused"]) == (1, 2, 1)
    assert brought.document["errors"][0]["line"] == 4
    errors = tmp_path / "错误.csv"
    said = line.run("import", "residents", str(tmp_path / "residents.csv"), "--errors", str(errors)).out
    assert "2 行已收下，1 行没有导入" in said
    assert str(errors) in said
    assert errors.read_text("utf-8").splitlines()[1].startswith("4,")
    told = line.ask("registry", "figures", "--days", "1").document
    assert (told["first"], told["months"]) == (told["last"], [told["last"][:7]]), "whose months are told"
    figures = line.ask("registry", "figures").document["figures"]
    assert figures["residents"] == {"hits": None, "of": None}, "fewer than five are not told"
    assert figures["houses"]["hits"] == 1
    rows = line.run("registry", "figures").out.splitlines()[1:]
    assert rows[1].split() == ["人口", "不足", "5", "人", "—", "—"]
    assert [row.split()[0] for row in rows[1:5]] == ["人口", "户籍人口", "流动人口", "房屋"]
    assert rows[-1].split() == ["走访覆盖", "0", "0", "—"], "nothing of nothing is no share"
    (person,) = line.ask("registry", "list", "60 岁以上").document["records"]
    headings = line.run("registry", "list", "60 岁以上").out.split("\n")[0].split()
    assert len(headings) == len(set(headings)), "every column by a name of its own"
    assert line.ask("registry", "list", "人头").error == "choice_unknown"
    assert "alone（60 岁以上独居）" in line.run("registry", "list", "人头").err
    assert "--which 不能是" in line.run("registry", "list", "residents", "--which", "x").err
    assert line.ask("board", "incidents", "--organisation", "").error == "text_missing"
    assert line.ask("import", "residents", str(tmp_path)).error == "file_is_folder"
    assert (person["name"], person["birth_year"]) == ("王**", 1950)
    check_and_visit(line)
    lists_that_are_saved_or_printed_are_kept(line, tmp_path)
    shown_and_erased(line)


def check_and_visit(line: Line) -> None:
    assert "spot draw" in line.run("spot", "list").out, "the command, not the window's button"
    assert "visit plan" in line.run("visit", "list").out
    assert line.ask("spot", "draw").document["drawn"] == 2
    checks = line.ask("spot", "list").document["checks"]
    assert line.ask("spot", "enter", str(checks[0]["id"]), "正确").document["result"] == "correct"
    said = line.run("spot", "enter", str(checks[1]["id"]), "有误").err
    assert "网格" in said
    assert "grid_code" not in said
    wrong = line.ask("spot", "enter", str(checks[1]["id"]), "wrong", "--wrong", "网格、")
    assert wrong.document["wrong"] == ["grid_code"]
    assert (
        line.ask("spot", "enter", str(checks[1]["id"]), "wrong", "--wrong", "血型").error == "choice_unknown"
    )
    assert line.ask("spot", "enter", str(checks[1]["id"]), "好").code == 2
    assert line.ask("visit", "plan").document == {"planned": 1}
    (visit,) = line.ask("visit", "list").document["visits"]
    assert line.ask("visit", "done", str(visit["id"]), "well").document["result"] == "well"
    assert "平安" in line.run("visit", "list", "--made").out
    assert (
        line.ask("visit", "rule", "floating", "流动人口", "--every", "90", "--resident-kind", "floating").code
        == 0
    )
    assert line.ask("visit", "rules").document["count"] == 2


def lists_that_are_saved_or_printed_are_kept(line: Line, folder: Path) -> None:
    asking = ("board", "people-houses", "--organisation", "130123101", "--cases")
    for question in ("residents", "完整率:rest"):
        told = line.ask(*asking, question, "--to", str(folder / f"{question[:2]}.csv"))
        assert (told.code, told.document["count"]) == (0, 2)
    assert line.ask(*asking, "grids", "--to", str(folder / "grids.csv")).code == 0
    assert line.ask(*asking, "grids").document["count"]
    assert line.ask(*asking, "residents").document["count"] == 2, "what is printed can be sent to a file"
    town = ("--organisation", "130123101")
    assert line.ask("registry", "list", "residents", *town, "--limit", "1").document["count"] == 1
    assert line.ask("registry", "list", "completeness", *town, "--which", "rest").document["count"] == 2
    assert line.ask("registry", "list", "vacant", *town).document["count"] == 0
    text = (folder / "re.csv").read_text("utf-8-sig")
    assert ("王**" in text, "王建国" in text) == (True, False)
    acts = line.ask("registry", "acts").document["acts"]
    assert {act["person"] for act in acts} == {"duty"}
    assert [(act["action"], act["kind"], act["place"], act["row_count"]) for act in acts] == [
        ("print", "completeness:rest", "正定镇", 2), ("print", "residents", "正定镇", 1),
        ("print", "residents", "正定镇", 2),
        ("save", "completeness:rest", "正定镇", 2), ("save", "residents", "正定镇", 2),
        ("print", "visit_list", "石家庄市", 1), ("print", "visit_list", "石家庄市", 1),
        ("print", "spot_list", "石家庄市", 2),
        *[("print", "elderly", "石家庄市", 1)] * 2,
    ], "of what is no register, and of none, nothing is kept"  # fmt: skip
    said = line.run("registry", "acts").out
    assert {"导出清单", "打印清单", "抽查", "走访"} <= set(said.split())
    assert "完整率 · 缺项" in said


def shown_and_erased(line: Line) -> None:
    shown = line.ask("registry", "reveal", "resident", "110101195003071234", "--reason", "核对")
    assert shown.document["phone"] == "13812342751"
    told = line.run("registry", "reveal", "resident", "110101195003071234", "--reason", "核对").out
    assert [row.split() for row in told.splitlines()][-2:] == [["姓名", "王建国"], ["电话", "13812342751"]]
    assert line.ask("registry", "erase", "110101195003071234", "--reason", "本人要求").document["erased"]
    acts = line.ask("registry", "acts").document["acts"]
    kept = ["erase", "reveal", "reveal", *["print"] * 3, *["save"] * 2, *["print"] * 5]
    assert [act["action"] for act in acts] == kept
    gone = line.ask("registry", "reveal", "resident", "X", "--reason", "核对")
    assert gone.error == "record_not_found"


def test_who_would_save_a_list_of_the_registry_is_told_where(line: Line) -> None:
    told = line.ask("registry", "list", "residents", "--to", "x.csv")
    assert (told.code, told.error) == (2, "list_saved_by_board")
