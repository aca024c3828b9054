"""Who may do what, from which status, and where it leads: every rule, tried by everybody."""

import json
import re
import uuid
from collections.abc import Mapping
from pathlib import Path

import asyncpg

import resources
from console.database import workflow
from models.vocabulary import OPEN, Status
from tests.database.cast import PEOPLE, PNG, Cast, limit

# The life of an incident as the field tells it: action: from → to ("-" no move, "before" where it was).
LIFE = """
report: → reported handled
claim release transfer: open → -
confirm: reported → -
accept: reported → accepted
reject: reported → rejected
answer refer: reported → closed
withdraw cancel: open → cancelled
classify: open → -
dispatch: accepted dispatched handling → dispatched
designate: accepted dispatched handling → dispatched
acknowledge: dispatched → handling
arrive: dispatched handling → -
return extend: dispatched handling → -
suspend: accepted dispatched handling → -
grant refuse: accepted dispatched handling closed → -
appeal: closed → -
resume: suspended → before
feedback: handling → handled
check: handled → -
verify: handled → verified
rework: handled → dispatched
close: verified handled → closed
force-close: open → closed
follow-up: closed merged → -
reopen: closed rejected → accepted
escalate hand-down: reported accepted → reported
copy urge supervise instruct task-force consult: open → -
remind: open merged → -
merge attach-report: open → merged
unmerge detach-report: merged → before
release link note call attach reveal undo: any → -
"""
WIDE = {"open": set(OPEN), "any": set(Status)}

CENTRE = {"owner", "dispatcher", "above", "viewer"}
# What everybody's organisation is to a case of the county: 城管局 leads, 公安局 helps, 行唐县 has a copy.
RELATIONS = {
    "seat": CENTRE,
    "boss": CENTRE,
    "city_seat": {"above", "viewer"},
    "city_boss": {"above", "viewer"},
    "town_seat": {"viewer"},
    "town_boss": {"viewer"},
    "beside": {"viewer"},
    "unit": {"lead", "party", "viewer"},
    "helper": {"party", "viewer"},
    "screen": {"viewer"},
    "robot": {"viewer"},
    "stranger": set(),
    "grid": set(),
}
NO_UNIT_YET = {"reported", "accepted", "rejected"}
# What a step may still say once the rule is met: a case of this kind has nothing to release, grant or undo.
STEP_SAYS = {
    "release": {"not_claimed"},
    "grant": {"nothing_pending"},
    "refuse": {"nothing_pending"},
    "arrive": {"nobody_to_arrive"},
    "check": {"own_work"},
    "close": {"verify_first"},
    "detach-report": {"not_under_one"},
    "undo": {"cannot_undo"},
}


def told() -> dict[str, tuple[set[str], set[str]]]:
    """Return action → (from, to) of ``LIFE``."""
    found: dict[str, tuple[set[str], set[str]]] = {}
    for line in LIFE.strip().splitlines():
        actions, move = line.split(":")
        sources, targets = (part.split() for part in move.split("→"))
        statuses = set().union(*({*WIDE.get(word, {word})} for word in sources))
        for action in actions.split():
            found[action] = (statuses, set(targets))
    return found


def test_the_rules_are_those_of_the_field() -> None:
    source = resources.table("actions.toml")
    said: dict[str, tuple[set[str], set[str]]] = {key: (set(), set()) for key in source["actions"]}
    for action, status, target, *_ in workflow.rules(source):
        said[action][0].add(str(status))  # type: ignore[index]
        said[action][1].add(str(target or "-"))  # type: ignore[index]
    said["report"] = (set(), {"reported", "handled"})
    assert {key: ({str(s) for s in value[0]}, value[1]) for key, value in told().items()} == said


def args_of(main: int) -> dict[str, Mapping[str, object]]:
    """Return what each action needs to be told."""
    why: Mapping[str, object] = {"reason": "因故"}
    return {
        "transfer": {"to": "second"},
        "confirm": {"result": "true"},
        "reject": why,
        "answer": {"text": "已答复"},
        "refer": {"to": "110"},
        "withdraw": why,
        "cancel": why,
        "dispatch": {"unit": "城管局", **why},
        "designate": {"unit": "城管局", **why},
        "return": why,
        "extend": {"limit": limit(1), **why},
        "suspend": {"limit": limit(8), **why},
        "refuse": why,
        "feedback": {"text": "已办"},
        "check": {"result": "true"},
        "rework": why,
        "force-close": why,
        "follow-up": {"contacted": "yes"},
        **dict.fromkeys(("reopen", "appeal"), why),
        "hand-down": {"to": "130123201"},
        "copy": {"to": "130123101"},
        "supervise": {"card": "yellow"},
        "instruct": {"text": "速办"},
        "merge": {"into": main},
        "unmerge": why,
        "link": {"to": main},
        "attach-report": {"to": main},
        "detach-report": why,
        "note": {"text": "记"},
        "call": {"text": "通话"},
        "attach": {"file_name": "a.png"},
        "task-force": {"member": "second"},
        "consult": {"text": "会商", "result": "由城管局办"},
        "reveal": why,
        "undo": {"command": str(uuid.uuid4())},
    }


# One attempt as whoever is connected, of which nothing stays: in the database, for there are thousands.
ATTEMPT = """
CREATE SCHEMA trial;
CREATE FUNCTION trial.attempt(action text, number bigint, args jsonb, content bytea)
RETURNS TABLE (heard text, state text) LANGUAGE plpgsql AS $$
BEGIN
    heard := desk.act(gen_random_uuid(), action, number, NULL, args, content) ->> 'status';
    RAISE EXCEPTION USING ERRCODE = 'ZZ000', MESSAGE = heard;
EXCEPTION WHEN OTHERS THEN
    heard := SQLERRM;
    state := CASE WHEN SQLSTATE = 'ZZ000' THEN '' ELSE SQLSTATE END;
    RETURN NEXT;
END $$;
GRANT USAGE ON SCHEMA trial TO PUBLIC;
GRANT EXECUTE ON FUNCTION trial.attempt TO PUBLIC
"""
TRY = """
SELECT tried.heard, tried.state
FROM unnest($1::text[], $2::bigint[], $3::text[]) WITH ORDINALITY AS one (action, number, args, n),
     trial.attempt(one.action, one.number, one.args::jsonb, CASE one.action WHEN 'attach' THEN $4::bytea END)
         AS tried
ORDER BY one.n
"""


class Trial:
    """Everybody tries every action on every case; nothing of it stays."""

    def __init__(self, cases: dict[str, int], main: int, rules: list[asyncpg.Record]) -> None:
        self.cases = cases
        self.args = args_of(main)
        self.rules = rules
        self.met: set[tuple[str, str, str]] = set()
        self.wrong: list[str] = []

    async def attempts(self, raw: asyncpg.Connection, moves: list[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return (status or code, sqlstate) of each (action, status) that is tried."""
        rows = await raw.fetch(
            TRY,
            [action for action, _ in moves],
            [self.cases[status] for _, status in moves],
            [json.dumps(self.args.get(action, {})) for action, _ in moves],
            PNG,
        )
        return [(row["heard"], row["state"]) for row in rows]

    def judge(self, login: str, action: str, status: str, heard: str, state: str) -> None:
        """Compare what was heard with what the rules and the person's relations say."""
        relations = RELATIONS[login] - ({"lead", "party"} if status in NO_UNIT_YET else set())
        if login in {"unit", "helper"} and status in NO_UNIT_YET:
            relations = set()
        rows = [rule for rule in self.rules if (rule["action"], rule["from_status"]) == (action, status)]
        positions = set(PEOPLE[login][0].split())
        fits = [rule for rule in rows if rule["relation"] in relations and positions & set(rule["positions"])]
        if not relations:
            expected = {"not_found"}
        elif fits:
            self.met |= {(action, status, rule["relation"]) for rule in fits}
            expected = STEP_SAYS.get(action, set()) | {goal(fits[0]["to_status"], status)}
        else:
            expected = {"not_allowed" if rows else "illegal_move"}
        if heard not in expected or (state not in {"", "GS001"}):
            self.wrong.append(f"{login} {action} {status}: {heard} instead of {expected}")


def goal(target: str | None, status: str) -> str:
    return "handling" if target == "before" else target or status


async def test_everybody_tries_everything_everywhere(people: Cast) -> None:
    main = await people.report(title="主件")
    cases = {str(status): await people.at(status) for status in Status}
    await people.hire("second")
    owner = people.database.owner
    await owner.execute(
        """INSERT INTO gridseat.party (number, organisation_id, kind, since_seq, since)
           SELECT i.number, o.id, 'copy', 1, desk.now()
           FROM gridseat.incident AS i, gridseat.organisation AS o
           WHERE o.code = '130125'"""
    )
    rules = await owner.fetch("SELECT * FROM gridseat.rule")
    trial = Trial(cases, main, rules)
    await owner.execute(ATTEMPT)
    actions = await owner.fetch("SELECT key FROM gridseat.action WHERE key <> 'report'")
    moves = [(row["key"], status) for row in actions for status in cases]
    for login in RELATIONS:
        raw = await people.raw(login)
        for move, said in zip(moves, await trial.attempts(raw, moves), strict=True):
            trial.judge(login, *move, *said)
        await raw.close()
    assert trial.wrong == []
    assert trial.met == {(rule["action"], rule["from_status"], rule["relation"]) for rule in rules}


def test_every_refusal_of_the_workflow_is_heard_in_a_test() -> None:
    house = Path(__file__).parents[2]
    sources = [file for file in (house / "models" / "sql").glob("*.sql") if "03" <= file.name[:2] <= "17"]
    codes = set().union(
        *(re.findall(r"(?:refuse|reject_input)\('(\w+)'", file.read_text("utf-8")) for file in sources)
    )
    heard = "".join(
        file.read_text("utf-8") for file in Path(__file__).parent.glob("test_*.py") if file != Path(__file__)
    )
    heard += "not_found not_allowed illegal_move"
    assert len(codes) > 60
    assert {code for code in codes if not re.search(rf"\b{code}\b", heard)} == set()
