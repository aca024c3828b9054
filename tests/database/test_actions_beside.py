"""What happens beside the road: words, cards, names, files, follow-up, and what only some may see."""

import json
from datetime import datetime

from tests.database.cast import MONDAY, PNG, Cast, later

FILES = {
    "image/jpeg": b"\xff\xd8\xff\xe0...", "image/png": PNG, "image/webp": b"RIFF....WEBPVP8 ",
    "image/heic": b"\0\0\0\x18ftypheic....", "application/pdf": b"%PDF-1.7 ...",
    "audio/wav": b"RIFF....WAVEfmt ",
    "audio/ogg": b"OggS....", "audio/mpeg": b"ID3\x04....", "audio/mp4": b"\0\0\0\x20ftypM4A ....",
    "video/mp4": b"\0\0\0\x20ftypisom....", "audio/amr": b"#!AMR\n....",
}  # fmt: skip


async def facts(people: Cast, number: int) -> dict[str, object]:
    """Return what the last entry says, without digests."""
    text = await people.database.owner.fetchval(
        "SELECT facts - 'state' - 'texts' FROM gridseat.timeline WHERE number = $1 ORDER BY seq DESC LIMIT 1",
        number,
    )
    return dict(json.loads(text))


async def test_follow_up_counts_who_cannot_be_reached(people: Cast) -> None:
    number = await people.at("closed", **{"class": "矛盾纠纷/邻里"})
    for _ in range(2):
        await people.do("seat", "follow-up", number, contacted="no")
    assert "unreachable" not in await facts(people, number)
    await people.do("seat", "follow-up", number, contacted="no")
    assert (await facts(people, number))["unreachable"]
    await people.do("seat", "follow-up", number, contacted="yes", solved="no", satisfied="no", kept="yes")
    assert (await facts(people, number))["offer"] == "reopen"
    assert (await people.row(number))["unreached"] == 0
    assert await people.no("seat", "follow-up", number, contacted="或许") == "not_one_of"


async def test_reopening_starts_a_round_and_keeps_the_earlier_ones(people: Cast) -> None:
    number = await people.at("closed")
    answer = await people.do("seat", "reopen", number, reason="未解决")
    row = await people.row(number)
    assert (answer["status"], answer["round"], row["reopens"]) == ("accepted", 2, 1)
    assert (row["closed_at"], row["outcome"], row["lead_unit_id"]) == (None, None, None)
    assert set(await people.clocks(number)) == {"dispatch"}
    await people.do("seat", "dispatch", number, unit="公安局")
    assert set(await people.clocks(number)) == {"acknowledge", "handling", "promised"}
    rounds = await people.database.owner.fetch(
        "SELECT round, count(*) FROM gridseat.timeline WHERE number = $1 GROUP BY 1 ORDER BY 1", number
    )
    assert [tuple(row) for row in rounds] == [(1, 7), (2, 2)]


async def test_words_from_above(people: Cast) -> None:
    number = await people.at("handling")
    await people.do("city_boss", "supervise", number, card="red", text="限期办结")
    await people.do("boss", "supervise", number, card="yellow")
    assert await people.no("seat", "supervise", number, card="red") == "not_allowed"
    assert await people.no("town_boss", "supervise", number, card="red") == "not_allowed"
    assert await people.no("boss", "supervise", number, card="green") == "not_one_of"
    await people.do("city_seat", "urge", number, text="请抓紧")
    await people.do("city_boss", "instruct", number, text="三日内报结果", due=later(days=3))
    due = datetime.fromisoformat(later(days=3)).timestamp() * 1_000_000
    assert (await facts(people, number))["due"] == due
    cards = await people.database.owner.fetch("SELECT colour, given_by FROM gridseat.card ORDER BY id")
    assert [row["colour"] for row in cards] == ["red", "yellow"]
    assert all(row["given_by"] for row in cards)


async def test_reminders_links_and_task_forces(people: Cast) -> None:
    one, two = await people.at("reported"), await people.at("reported")
    for _ in range(2):
        await people.do("second", "remind", one, text="又来电")
    assert (await people.row(one))["reminders"] == 2
    await people.do("seat", "link", one, to=two, text="同一路段")
    assert await people.no("seat", "link", two, to=one) == "linked_already"
    assert await people.no("seat", "link", one, to=one) == "linked_already"
    assert await people.no("seat", "link", one, to=999999) == "not_found"
    await people.hire("stranger")
    await people.do("seat", "task-force", one, member="stranger")
    assert await people.no("seat", "task-force", one, member="stranger") == "named_already"
    await people.do("stranger", "note", one, text="专班已到")


async def test_files_are_typed_by_what_they_are(people: Cast) -> None:
    number = await people.at("reported")
    for content in FILES.values():
        await people.do("seat", "attach", number, file_name="照片.jpg", content=content)
    rows = await people.database.owner.fetch("SELECT * FROM gridseat.attachment ORDER BY id")
    assert [row["media_type"] for row in rows] == list(FILES)
    assert [row["content"] for row in rows] == list(FILES.values())
    for content in (b"<html><script>", b"MZ\x90\0", b"", b"\xff\xd8", b"<svg xmlns="):
        assert (
            await people.no("seat", "attach", number, file_name="a.jpg", content=content)
            == "file_type_unknown"
        )
    assert await people.no("seat", "attach", number, file_name="a.jpg") == "option_missing"
    assert await people.no("seat", "attach", number, file="a.jpg") == "option_missing"
    assert await people.no("seat", "accept", number, content=PNG) == "unknown_option"


async def test_files_have_a_cap_and_photos_go_with_what_they_prove(people: Cast) -> None:
    await people.database.owner.execute("INSERT INTO gridseat.setting VALUES ('attachment_bytes', '100')")
    number = await people.at("reported")
    big = PNG + b"x" * 100
    assert await people.no("seat", "attach", number, file_name="b.png", content=big) == "attachment_too_large"
    await people.do("seat", "confirm", number, result="true", photo="门前.png", content=PNG)
    assert await people.no("seat", "confirm", number, result="true", photo="门前.png") == "option_missing"
    await people.walk(number, "handled")
    await people.do("helper", "check", number, result="true", file_name="复查.png", content=PNG)
    names = await people.database.owner.fetch("SELECT name FROM gridseat.attachment ORDER BY id")
    assert [row["name"] for row in names] == ["门前.png", "复查.png"]
    assert await people.faults() == []


async def test_revealing_is_free_to_the_holder_and_costs_others_a_reason(people: Cast) -> None:
    number = await people.report(reporter="王建国", phone="13812345678")
    assert await people.no("seat", "reveal", number) == "reason_needed"
    await people.do("seat", "claim", number)
    shown = {"reporter": "王建国", "phone": "13812345678"}
    assert (await people.do("seat", "reveal", number))["personal"] == shown
    assert (await people.do("second", "reveal", number, reason="回电"))["personal"] == shown
    assert await people.no("screen", "reveal", number, reason="好奇") == "not_allowed"
    stored = await people.database.owner.fetch(
        "SELECT answer::text || facts::text AS said FROM gridseat.timeline"
    )
    assert not any("王建国" in row["said"] or "13812345678" in row["said"] for row in stored)
    assert (await people.story(number))[-2:] == ["reveal", "reveal"]


async def test_a_restricted_case_is_seen_by_the_named_alone(people: Cast) -> None:
    number = await people.report(restricted=True, reporter="小明")
    for login in ("second", "boss", "city_boss", "beside", "screen"):
        assert await people.no(login, "note", number, text="看") == "not_found"
    await people.hire("second")
    await people.do("seat", "task-force", number, member="second")
    await people.do("second", "accept", number)
    await people.do("seat", "classify", number, restricted=False)
    await people.do("boss", "dispatch", number, unit="城管局")
    await people.do("second", "claim", number)
    await people.do("second", "classify", number, restricted=True)
    for login in ("boss", "unit"):  # who came to the unit's desk since is named by hand
        assert await people.no(login, "note", number, text="看") == "not_found"


async def test_the_duty_supervisor_opens_what_nobody_named_is_on_duty_for(people: Cast) -> None:
    number = await people.report(restricted=True, reporter="小明")
    on_duty = """INSERT INTO gridseat.shift (centre_id, by_centre_id, person_id, starts, ends)
                 SELECT p.organisation_id, p.organisation_id, p.id, $1::timestamptz,
                        $1::timestamptz + interval '1 h'
                 FROM gridseat.person AS p WHERE p.login = 'seat'"""
    await people.database.owner.execute(on_duty, datetime.fromisoformat(MONDAY))
    assert await people.no("boss", "reveal", number, reason="急件") == "not_found"
    await people.database.freeze(later(hours=1))
    assert await people.no("second", "reveal", number, reason="急件") == "not_found"
    assert await people.no("town_boss", "reveal", number, reason="急件") == "not_found"
    assert await people.no("boss", "reveal", number) == "reason_needed"
    assert (await people.do("boss", "reveal", number, reason="夜间急件"))["personal"] == {"reporter": "小明"}
    assert (await facts(people, number))["opened"]
    await people.do("boss", "accept", number)
    assert await people.faults() == []
