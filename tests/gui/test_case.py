"""The case panel: what it shows, to whom, and that it keeps still while facts stream in."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from console.desk.desk import Desk
from tests.database_fixtures import Database, act, report
from tests.gui.desktop import desktop, until, words
from ui import steps
from ui.case.reasons import explain

HOSTILE = [
    "<b>粗</b><img src=x onerror=alert(1)> &lt;不是标签&gt; & <script>",
    "\u202e倒着写\u202c\u200b",
    "一" * 19_000,
    "多行\n第二行\t<i>",
    "W" * 9_000 + "👨‍👩‍👧🔥" * 40,
]
UNSEEN = "\u202e\u202c\u200b\u2066"
PNG = bytes.fromhex("89504e470d0a1a0a")


async def test_the_facts_of_a_case_are_there(database: Database, duty: Desk, tmp_path: Path) -> None:
    number = await report(
        duty,
        title="麦田边有火光",
        place="韩家庄村东",
        point=[114.55, 38.11],
        datum="WGS-84",
        reporter="王某",
        phone="13812345678",
        text="有人烧麦茬",
    )
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit="城管局", **{"with": ["公安局"]})
    await act(duty, "remind", number, text="又来电")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        said = words(desk.case)
        assert f"{number} · 麦田边有火光" in said
        assert "有人烧麦茬" in said
        assert any(line.startswith("王** · 138****5678") for line in said)
        assert any("南楼乡" in line and "韩家庄村东" in line for line in said)
        assert "城管局 · 未签收" in said
        assert "○ 公安局 未报到" in said
        assert "1 次" in said
        assert desk.case.due.due.title == "签收时限"
        assert desk.case.due.due.left


async def test_the_story_names_units_centres_and_people_whatever_was_typed(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.add("lin", "seat", "130123")
    await database.owner.execute("UPDATE gridseat.person SET name = '林悦' WHERE login = 'lin'")
    number = await report(duty, centre="130123")
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit="130123-D02", **{"with": ["130123201001001"]})
    await act(duty, "transfer", number, to="lin")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        story = " ".join(desk.case.timeline.words())
        assert "派给 城管局" in story
        assert "协办 130123201001第1网格" in story
        assert "去向 林悦" in story
        assert "130123-D02" not in story


async def test_why_this_deadline_names_the_spans_that_count(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    await database.freeze("2026-09-30T17:00:00+08:00")
    number = await report(duty, **{"class": "市容环境/暴露垃圾"})
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit="城管局")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        assert desk.case.file is not None
        told = dict(explain(desk.case.file, desk.page._seat.bridge.now()))
        handling = next(line for line in told if line.startswith("处置时限"))
        assert "4 小时（工作时）" in handling
        assert len(told[handling]) == 2  # an hour before the holiday, three after it
        desk.case.reasons.toggle.click()
        assert desk.case.reasons._body.isVisible()


async def test_the_holder_of_the_claim_sees_the_reporter_at_a_key(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, reporter="王建国", phone="13812345678")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        assert not any("王建国" in line for line in words(desk.case))
        await desk.press("C")
        await until(lambda: desk.case.file and desk.case.file.incident["mine"])
        await desk.press("F9")
        await until(lambda: any("王建国 · 13812345678" in line for line in words(desk.case)))
        await until(lambda: "查看个人信息" in [step.told.title for step in desk.case.timeline.steps])


async def test_somebody_else_gives_a_reason_before_seeing_the_reporter(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty, reporter="王建国", phone="13812345678")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        form = await desk.form("F9")
        await until(form.isVisible)
        form.send()
        await until(form.error.isVisible)
        form.fill({"reason": "联系反映人"})
        await desk.submit(form)
        await until(lambda: any("王建国" in line for line in words(desk.case)))


async def test_the_story_grows_below_and_nothing_above_is_touched(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        first = desk.case.timeline.steps[0]
        await act(duty, "note", number, text="第一条备注")
        await act(duty, "accept", number)
        await until(lambda: len(desk.case.timeline.steps) == 3)
        assert desk.case.timeline.steps[0] is first
        assert [step.told.title for step in desk.case.timeline.steps] == ["上报", "备注", "受理立案 → 待派遣"]


async def test_the_buttons_are_what_is_legal_and_the_next_step_stands_out(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        assert desk.case.file is not None
        legal = set(desk.case.file.incident["legal"])
        assert set(desk.case.buttons.offered) <= legal
        main = next(one for one in desk.case.buttons.buttons if one.property("role") == "primary")
        assert main.property("action") == "accept"
        await act(duty, "accept", number)
        await desk.shown(number, "accepted")
        assert desk.case.buttons.buttons[0].property("action") == "dispatch"
        assert "accept" not in desk.case.buttons.offered


async def test_what_a_pending_request_needs_comes_first(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    number = await report(duty)
    await act(duty, "accept", number)
    await act(duty, "dispatch", number, unit="城管局")
    await act(duty, "return", number, reason="不属于本单位职责")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        assert desk.case.file is not None
        assert steps.main_step(desk.case.file.incident) == "grant"
        assert desk.case.buttons.offered[:2] == ["grant", "refuse"]
        assert any("请求退回" in line for line in words(desk.case))


async def test_hostile_text_shows_as_text_wherever_it_is_typed(
    database: Database, duty: Desk, tmp_path: Path
) -> None:
    """Every option that takes words: on the panel, in notices, and in names for screen readers."""
    numbers = []
    for text in HOSTILE:
        line = text.replace("\n", " ")[:190]
        number = await report(duty, title=line, place=line, reporter=line[:70], phone=line[:70], text=text)
        for action in ("call", "instruct"):
            await act(duty, action, number, text=text)
        await act(duty, "accept", number, text=text)
        await act(duty, "dispatch", number, unit="城管局")
        await act(duty, "return", number, reason=text[:1900])
        await act(duty, "attach", number, file=line, file_name=line, content=PNG)
        numbers.append((number, line))
    async with desktop(database, tmp_path) as desk:
        for number, line in numbers:
            await desk.open(number)
            desk.window.notices.say(line)
            for step in desk.case.timeline.steps:
                step.toggle()
            begun = squeezed(line)[:8]
            labels = [one for one in desk.window.findChildren(QLabel) if begun in squeezed(one.text())]
            labels += desk.case.findChildren(QLabel)
            assert all(label.textFormat() == Qt.TextFormat.PlainText for label in labels if label.text())
            told = [label.text() for label in labels]
            told += [widget.accessibleName() for widget in desk.case.findChildren(QWidget)]
            row = desk.console.board.row(number)
            assert row is not None
            assert [words for words in told if set(UNSEEN) & set(words)] == []
            assert max(map(len, told)) < 4000
            title = next(words for words in told if words.startswith(f"{number} · "))
            assert squeezed(title.removeprefix(f"{number} · "))[:5] == squeezed(line)[:5]
            inner = desk.case.body.inner
            assert inner.minimumSizeHint().width() <= desk.case.body.area.viewport().width(), line[:20]


def squeezed(text: str) -> str:
    return "".join(c for c in text if c.isprintable() and c != " ")


async def test_a_case_tells_whether_its_chain_holds(database: Database, duty: Desk, tmp_path: Path) -> None:
    number = await report(duty)
    await act(duty, "note", number, text="又看了一次")
    async with desktop(database, tmp_path) as desk:
        await desk.open(number)
        assert "链已校验 ✓" in words(desk.case)
        async with database.owner.transaction():
            await database.owner.execute("SET LOCAL session_replication_role = replica")
            bent = "UPDATE gridseat.timeline SET reason = '改' WHERE number = $1 AND seq = 2"
            await database.owner.execute(bent, number)
        await act(duty, "note", number, text="第三条")
        await until(lambda: any(line.startswith("■ 第 2 条与链不符") for line in words(desk.case)))


async def test_a_case_that_leaves_ones_sight_says_so(database: Database, duty: Desk, tmp_path: Path) -> None:
    await database.add("南楼坐席", "seat", "130123201")
    number = await report(duty, centre="130123201")
    async with desktop(database, tmp_path, login="南楼坐席") as desk:
        await desk.open(number)
        await act(duty, "classify", number, restricted=True)
        await until(lambda: desk.case.file is None)
        await until(lambda: "看不到这件事件" in words(desk.case))
