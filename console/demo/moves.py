"""The steps of a life as models/sql has them (10 centre, 11 unit, 12 beside), written into a Ledger.

Each function is one action; its arguments are who acts, when, and the action's own options.
"""

from typing import Any

from console.demo.directory import Limit, Unit
from console.demo.ledger import ALL_STAGES, Actor, Ledger, micros, moment

Limits = dict[str, Limit]


def start_stage(book: Ledger, stage: str, limits: Limits) -> None:
    """Start the clock of a stage; the sample county is staffed round the clock."""
    limit, i = limits[stage], book.i
    continuous = (
        i.priority == 1
        or limit.when == "staffed"
        or (limit.when == "class" and i.handling_clock == "continuous")
    )
    if continuous:
        book.start(stage, limit.continuous, "continuous")
    else:
        book.start(stage, limit.working, "working")


def report(
    book: Ledger, at: int, who: Actor, limits: Limits, facts: dict[str, Any], texts: dict[str, str]
) -> None:
    """Begin the life; handled at once, it goes to verify (a tenth, drawn) or to close."""
    book.begin(at)
    i = book.i
    i.status = "handled" if i.at_once else "reported"
    if i.at_once:
        facts = facts | {"at_once": True, "drawn": i.drawn}
        i.dispatch_centre_id = i.centre_id
        start_stage(book, "verify" if i.drawn else "close", limits)
    else:
        start_stage(book, "accept", limits)
    book.write("report", who, facts, texts)


def accept(book: Ledger, at: int, who: Actor, limits: Limits) -> None:
    """Take the case."""
    book.begin(at)
    book.i.status = "accepted"
    book.stop(("accept",))
    start_stage(book, "dispatch", limits)
    book.write("accept", who, {})


def end(
    book: Ledger,
    at: int,
    who: Actor,
    action: str,
    outcome: str,
    facts: dict[str, Any] | None = None,
    said: tuple[str, str | None] = ("", None),
) -> None:
    """End the round by ``action``; ``said`` is its text and its reason."""
    book.begin(at)
    i = book.i
    i.status = {"reject": "rejected", "withdraw": "cancelled", "cancel": "cancelled"}.get(action, "closed")
    book.stop(ALL_STAGES)
    if i.pending:
        book.decide(None, None)
    i.outcome, i.closed_at = outcome, moment(book.at)
    if action == "refer":
        facts = (facts or {}) | {"at": micros(book.at)}
    book.write(action, who, (facts or {}) | {"outcome": outcome}, {"text": said[0]}, said[1])


def dispatch(
    book: Ledger, at: int, who: Actor, limits: Limits, unit: Unit, helper: Unit | None = None
) -> None:
    """Send the case to a unit with a full limit; the promise to the citizen is made once a round."""
    book.begin(at)
    i = book.i
    if i.pending:
        book.decide(None, None)
    book.stop(("dispatch", "acknowledge", "handling"))
    book.part()
    i.status, i.dispatch_centre_id = "dispatched", i.centre_id
    i.lead_unit_id, i.lead_grid_id, i.acknowledged_at = unit.organisation, unit.grid, None
    book.join(unit.organisation, unit.grid, "lead")
    if helper:
        book.join(helper.organisation, helper.grid, "co")
    start_stage(book, "acknowledge", limits)
    book.start("handling", i.handling_seconds, i.handling_clock)
    if not book.had("promised"):
        book.start("promised", i.handling_seconds, i.handling_clock)
    facts = {"unit": unit.text, "unit_id": unit.organisation, "grid_id": unit.grid,
             "seconds": i.handling_seconds, "clock": i.handling_clock}  # fmt: skip
    book.write("dispatch", who, facts | ({"with": [helper.text]} if helper else {}))


def acknowledge(book: Ledger, at: int, who: Actor) -> None:
    """Let the unit take it: from now on the unit is responsible."""
    book.begin(at)
    i = book.i
    book.stop(("acknowledge",))
    if i.pending:
        book.decide(None, None)
    i.status, i.acknowledged_at, i.responsible_id = "handling", moment(book.at), i.lead_unit_id
    book.arrive()
    book.write("acknowledge", who, {})


def arrive(book: Ledger, at: int, who: Actor, unit: Unit) -> None:
    """Let the co-handler come."""
    book.begin(at)
    book.arrive("co")
    book.write("arrive", who, {"unit_id": unit.organisation})


def ask_return(book: Ledger, at: int, who: Actor, reason: str) -> None:
    """Ask to give the case back."""
    book.begin(at)
    book.ask("return", who.person, None, None, None)
    book.write("return", who, {"asks": "return"}, None, reason)


def ask_extension(book: Ledger, at: int, who: Actor, seconds: int, reason: str) -> None:
    """Ask for ``seconds`` more of the case's own clock."""
    book.begin(at)
    clock = book.i.handling_clock
    book.ask("extend", who.person, seconds, clock, None)
    book.write("extend", who, {"asks": "extend", "seconds": seconds, "clock": clock}, None, reason)


def grant(book: Ledger, at: int, who: Actor, limits: Limits, text: str) -> None:
    """Agree to what was asked."""
    book.begin(at)
    i = book.i
    asked = book.decide(who.person, granted=True)
    if asked.kind == "return":
        book.stop(("acknowledge", "handling"))
        book.part()
        i.status, i.lead_unit_id, i.lead_grid_id, i.acknowledged_at = "accepted", None, None, None
        i.returns += 1
        start_stage(book, "dispatch", limits)
    else:
        old = next(clock for clock in book.running if clock.stage == "handling")
        book.stop(("handling",))
        book.start("handling", old.seconds + (asked.seconds or 0), old.clock, old)
        i.extensions += 1
    facts = {"asked": asked.kind, "asked_seq": asked.asked_seq, "granted": True}
    book.write("grant", who, facts, {"text": text})


def feedback(book: Ledger, at: int, who: Actor, limits: Limits, text: str) -> None:
    """Say what the unit did."""
    book.begin(at)
    book.stop(("acknowledge", "handling"))
    if book.i.pending:
        book.decide(None, None)
    book.i.status = "handled"
    start_stage(book, "verify", limits)
    book.write("feedback", who, {}, {"text": text})


def verify(book: Ledger, at: int, who: Actor, limits: Limits) -> None:
    """Find it well done."""
    book.begin(at)
    book.i.status = "verified"
    book.stop(("verify",))
    start_stage(book, "close", limits)
    book.write("verify", who, {})


def rework(book: Ledger, at: int, who: Actor, limits: Limits, reason: str) -> None:
    """Send it back to the same unit with min(original, max(half of it, 2 h))."""
    book.begin(at)
    i = book.i
    book.stop(("verify", "close"))
    i.status, i.acknowledged_at = "dispatched", None
    i.reworks += 1
    start_stage(book, "acknowledge", limits)
    book.start("handling", min(i.handling_seconds, max(i.handling_seconds // 2, 7200)), i.handling_clock)
    book.write("rework", who, {}, None, reason)


def reopen(book: Ledger, at: int, who: Actor, limits: Limits, reason: str) -> None:
    """Begin the next round under the same number."""
    book.begin(at)
    i = book.i
    book.part()
    i.status, i.round, i.reopens = "accepted", i.round + 1, i.reopens + 1
    i.closed_at = i.acknowledged_at = i.outcome = None
    i.dispatch_centre_id = i.lead_unit_id = i.lead_grid_id = None
    i.unreached = 0
    i.at_once = i.drawn = i.designated = False
    start_stage(book, "dispatch", limits)
    book.write("reopen", who, {}, None, reason)


def follow_up(book: Ledger, at: int, who: Actor, answers: dict[str, str], text: str) -> None:
    """Ask the reporter; three calls in vain, and they cannot be reached."""
    book.begin(at)
    i = book.i
    i.unreached = i.unreached + 1 if answers["contacted"] == "no" else 0
    facts: dict[str, Any] = dict(answers)
    if i.unreached >= 3:  # noqa: PLR2004  three calls, as the field has it
        facts["unreachable"] = True
    if answers.get("solved") == "no":
        facts["offer"] = "reopen"
    book.write("follow-up", who, facts, {"text": text})


def say(book: Ledger, at: int, who: Actor, action: str, text: str, result: str | None = None) -> None:
    """Write a note, a call, an urging, a reminder or a check."""
    book.begin(at)
    if action == "remind":
        book.i.reminders += 1
    book.write(action, who, {"result": result}, {"text": text})
