"""Views that a person named: kept by file, found by key, and a torn file takes only its own view with it."""

from pathlib import Path

import pytest

from console.desk.views import LONGEST, View, Views
from console.errors import BadInput
from console.language import use

STATE = {"conditions": [{"facet": "status", "value": "handled", "refused": False}], "text": "积水"}


def own(views: Views) -> list[tuple[str, int | None]]:
    return [(view.name, view.key) for view in views.all() if view.file is not None]


def test_everybody_has_four_and_adds_more_up_to_nine_keys(tmp_path: Path) -> None:
    views = Views(tmp_path / "views")
    assert [(view.name, view.key) for view in views.all()] == [
        ("我的领取", 1),
        ("将超期", 2),
        ("待派遣", 3),
        ("全部", 4),
    ]
    for number in range(6):
        views.save(f"视图{number}", STATE)
    assert own(views)[-2:] == [("视图4", 9), ("视图5", None)]
    again = Views(tmp_path / "views")
    assert again.all()[-1].state == STATE
    assert all(file.stat().st_mode & 0o077 == 0 for file in (tmp_path / "views").iterdir())


def test_a_view_is_saved_anew_renamed_and_deleted_and_keeps_its_key(tmp_path: Path) -> None:
    views = Views(tmp_path)
    first, second = views.save("夜班", STATE), views.save("白班", STATE)
    assert views.save(" 夜班 ", {"text": "x"}).key == first.key == 5
    renamed = views.rename(views.all()[4], "晚班")
    assert (renamed.key, renamed.state) == (5, {"text": "x"})
    views.delete(renamed)
    assert own(views) == [("白班", 6)]
    assert views.save("新的", STATE).key == 5
    views.delete(View("全部", 4, {}))
    assert second.name == "白班"


def test_a_name_must_be_one_of_its_own(tmp_path: Path) -> None:
    views = Views(tmp_path)
    view = views.save("夜班", STATE)
    views.save("白班", STATE)
    for name, code in (
        ("", "view_name_unfit"),
        ("字" * (LONGEST + 1), "view_name_unfit"),
        ("a\nb", "view_name_unfit"),
        ("白班", "view_name_used"),
        ("全部", "view_name_used"),
    ):
        with pytest.raises(BadInput) as refused:
            views.rename(view, name)
        assert refused.value.code == code
    with pytest.raises(BadInput):
        views.rename(View("全部", 4, {}), "什么")
    assert own(views) == [("夜班", 5), ("白班", 6)]


def test_a_torn_file_loses_its_own_view_alone_and_is_told(tmp_path: Path) -> None:
    views = Views(tmp_path)
    views.save("夜班", STATE)
    (tmp_path / "torn.json").write_text('{"name": "白', "utf-8")
    (tmp_path / "list.json").write_text("[]", "utf-8")
    (tmp_path / "odd.json").write_text('{"name": "x", "key": 5, "state": 3}', "utf-8")
    assert own(views) == [("夜班", 5)]
    assert views.broken() == ["list.json", "odd.json", "torn.json"]


def test_where_nothing_can_be_written_it_says_so(tmp_path: Path) -> None:
    views = Views(tmp_path / "views")
    (tmp_path / "views").rmdir()
    with pytest.raises(BadInput, match="views"):
        views.save("夜班", STATE)


def test_names_follow_the_language(tmp_path: Path) -> None:
    use("en")
    try:
        assert next(view.name for view in Views(tmp_path).all()) == "My claims"
    finally:
        use("zh")
