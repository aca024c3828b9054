"""What holds for every case at every moment, whatever was done to it."""

from itertools import pairwise

import resources
from console.database import workflow
from models.vocabulary import OPEN
from tests.database.cast import Cast

# The clocks that a status wants, beside what the citizen was promised.
CLOCKS: dict[str, set[str]] = {
    "reported": {"accept"},
    "accepted": {"dispatch"},
    "dispatched": {"acknowledge", "handling"},
    "handling": {"handling"},
    "handled": {"verify"},
    "verified": {"close"},
}
RULES: set[tuple[str, str, str]] = {
    (str(action), str(source), str(target or source))
    for action, source, target, *_ in workflow.rules(resources.table("actions.toml"))
}
SOURCES = {
    (action, source) for action, source, _ in RULES
}  # where an action may be asked for, granted or not
# what a merged report hears of its main case: how it ends, and that it goes on
TOLD = {(action, "merged") for action, _, end in RULES if end in {"closed", "rejected", "cancelled"}}
TOLD |= {("reopen", "merged")}
BACK = {"undo", "resume", "resumed", "grant", "unmerge", "detach-report"}  # they lead where the case was
SERVER = {"card", "claim-ended", "due-known", "erased"}


async def check(people: Cast, numbers: list[int]) -> None:
    """Raise AssertionError unless each of ``numbers`` is legal, with a story that led there."""
    for number in numbers:
        await check_story(people, number)
        await check_row(people, number)
    assert await people.faults() == []


async def check_story(people: Cast, number: int) -> None:
    story = await people.database.owner.fetch(
        """SELECT seq, round, at, action, from_status, to_status, (answer -> 'version')::integer AS version
           FROM gridseat.timeline WHERE number = $1 ORDER BY seq""",
        number,
    )
    assert [entry["seq"] for entry in story] == list(range(1, len(story) + 1))
    for before, entry in pairwise(story):
        move = (entry["action"], before["to_status"], entry["to_status"])
        assert entry["from_status"] == before["to_status"], move
        stays = move[1] == move[2] and (move[:2] in SOURCES | TOLD or entry["action"] in SERVER)
        assert move in RULES or entry["action"] in BACK or stays, move
        assert 0 <= entry["version"] - before["version"] <= 1, move
        assert entry["at"] >= before["at"], move
        if move[1] != move[2]:
            assert entry["version"] == before["version"] + 1, move


async def check_row(people: Cast, number: int) -> None:
    row, owner = await people.row(number), people.database.owner
    status, clocks = row["status"], await people.clocks(number)
    wanted = CLOCKS.get(status, set())
    if row["at_once"] and status == "handled" and not row["drawn"]:
        wanted = {"close"}
    assert set(clocks) - {"promised"} == wanted, (status, set(clocks))
    if status in {"dispatched", "handling"} and not row["at_once"]:
        assert "promised" in clocks
    assert row["due"] == min((c["due"] for s, c in clocks.items() if s != "promised"), default=None)
    assert row["handling_due"] is not None or status not in {"dispatched", "handling"}
    leads = "SELECT organisation_id FROM gridseat.party WHERE number = $1 AND until_seq IS NULL AND kind = "
    lead = await owner.fetch(f"{leads}'lead'", number)
    assert [unit[0] for unit in lead] == ([row["lead_unit_id"]] if row["lead_unit_id"] else [])
    asked = await owner.fetch(
        "SELECT kind FROM gridseat.request WHERE number = $1 AND decided_seq IS NULL", number
    )
    assert [request["kind"] for request in asked] == ([row["pending"]] if row["pending"] else [])
    assert (row["claim_person_id"] is None) == (row["claim_until"] is None) == (row["claim_at"] is None)
    assert (row["closed_at"] is None) or status not in OPEN
    assert status != "suspended" or (row["resume_at"] and row["status_before"])
    await check_main(people, number)


async def check_main(people: Cast, number: int) -> None:
    """Follow the main cases up: a merged one has exactly one, and no ring."""
    seen = set()
    row = await people.row(number)
    while row["status"] == "merged":
        assert row["number"] not in seen, "merged in a ring"
        seen.add(row["number"])
        mains = [main for main in (row["merged_into"], row["head_number"]) if main is not None]
        assert len(mains) == 1
        row = await people.row(mains[0])
    assert row["merged_into"] is None
    assert row["head_number"] is None
