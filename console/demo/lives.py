"""Lives of incidents from report to closing and after, drawn by chance: most short, some long, a few bad."""

import hashlib
from functools import cache

from console.demo import endings, material, moves
from console.demo.dice import Dice
from console.demo.directory import Directory, Unit
from console.demo.ledger import Actor, Ledger, moment
from console.demo.material import Matter, words
from console.demo.reporters import Reporters
from console.demo.rows import Place
from console.demo.told import Incident
from console.geography.datum import from_wgs84

MINUTE = 60
_FIELD = frozenset(
    {"wechat", "wechat_group", "resident_app", "resident", "grid_worker", "patrol", "door_to_door"}
)
_UNREACHED = 3  # calls in vain
_ROUNDS = 3
_LONG = 28_800  # seconds: limits of a working day or more may be extended


class Life:
    """One incident's way; every step moves ``self.at`` on."""

    def __init__(self, who: Directory, dice: Dice, matter: Matter, number: int, place: Place) -> None:
        self.who = who
        self.dice = dice
        self.matter = matter
        self.limits = who.rows.limits
        community = who.county.organisation[place.community_code]
        self.centre = (
            who.county_code if material.share("to_county") > dice.fraction() else str(community.parent_code)
        )
        self.place = place
        self.at = 0
        self.agreed = False  # the parties to a dispute
        self.book = Ledger(who.time, who.server, self._incident(number))
        self.unit = who.unit(matter.unit, place.grid_code)

    def _incident(self, number: int) -> Incident:
        nodes, kind = self.who.rows.nodes, self.who.rows.kinds[self.matter.code]
        centre, community = nodes[self.centre], nodes[self.place.community_code]
        return Incident(
            number=number,
            title=self.dice.one_of(self.matter.titles),
            class_id=kind.id,
            priority=kind.priority,
            centre_id=centre.id,
            centre_lft=centre.lft,
            organisation_id=community.id,
            place_lft=community.lft,
            grid_id=self.who.rows.grids[self.place.grid_code],
            place=self.who.county.full_address(self.place),
            lon=self.place.longitude,
            lat=self.place.latitude,
            responsible_id=centre.id,
            handling_seconds=kind.seconds,
            handling_clock=kind.clock,
            external_source="demo",
            external_id=str(number),
            parent_centre=centre.parent_centre,
        )

    def live(self, at: int, reporters: Reporters) -> None:
        """Tell the whole life, beginning with a report at ``at``."""
        self.at = at
        chance = self.dice.fraction()
        i = self.book.i
        i.at_once = chance < self.matter.at_once
        self._report(reporters)
        if i.at_once:
            self._close_at_once()
        elif chance < self.matter.at_once + self.matter.answered:
            self._decide()
            self._end("answer", "answered", words("answer", self.dice))
            self._follow_up("asked_after_answer")
        elif not self._turned_away():
            self._full()

    def seat(self) -> Actor:
        """Return who acts for the centre now."""
        return self.who.seat(self.centre, self.at)

    def _report(self, reporters: Reporters) -> None:
        i, dice = self.book.i, self.dice
        i.channel = material.channels("channels_at_once" if i.at_once else "channels").draw(dice)
        i.drawn = i.at_once and hashlib.sha256(str(i.number).encode()).digest()[0] % 10 == 0
        point = [i.lon, i.lat]
        i.datum = "GCJ-02" if i.channel == "wechat" and self._falls("gcj") else "WGS-84"
        raw = list(from_wgs84(i.lon, i.lat, i.datum)) if i.datum == "GCJ-02" else None
        i.raw_lon, i.raw_lat = raw or point
        who = self.who.gateway() if i.channel in _FIELD else self.seat()
        i.received_at = i.recorded_at = moment(self.at)
        i.recorded_by = who.person
        facts = {"title": i.title, "class": self.matter.code, "priority": i.priority, "channel": i.channel,
                 "place": i.place, "point": point, "raw_point": raw, "datum": i.datum,
                 "external": f"demo:{i.external_id}"}  # fmt: skip
        told = {"text": words("at_once", dice)} if i.at_once else reporters.one(dice)
        moves.report(self.book, self.at, who, self.limits, facts, told)

    def _close_at_once(self) -> None:
        if self.book.i.drawn:
            self._within("verify", 0.5)
            moves.say(self.book, self.at, self.seat(), "check", "", words("check", self.dice))
            moves.verify(self.book, self.at + MINUTE, self.seat(), self.limits)
        self._within("close", 0.2)
        self._close("at_once")

    def _turned_away(self) -> bool:
        """Reject, refer or withdraw a few."""
        dice = self.dice
        self._decide()
        if self._falls("rejected"):
            self._end("reject", "rejected", reason=words("reject", dice))
        elif self._falls("referred"):
            to, reference = dice.one_of(material.phrases("refer"))
            moves.end(
                self.book, self.at, self.seat(), "refer", "referred", {"to": to, "reference": reference}
            )
        elif self._falls("withdrawn"):
            self._end("withdraw", "withdrawn", reason=words("withdraw", dice))
        else:
            return False
        return True

    def _end(self, action: str, outcome: str, text: str = "", reason: str | None = None) -> None:
        moves.end(self.book, self.at, self.seat(), action, outcome, None, (text, reason))

    def _falls(self, share: str) -> bool:
        """Let chance decide by a share of resources/sample/times.toml."""
        return self.dice.fraction() < material.share(share)

    def _full(self) -> None:
        moves.accept(self.book, self.at, self.seat(), self.limits)
        self._dispatch(self.unit)
        if self._falls("returned"):
            self._returned()
        self._handle()
        if self._falls("forced"):
            self._after(2000, 3000)
            who, reason = self.who.supervisor(self.centre), words("force", self.dice)
            moves.end(self.book, self.at, who, "force-close", "forced", None, ("", reason))
            return
        self._finish()
        while self._follow_up("asked") and self._falls("reopened") and self.book.i.round < _ROUNDS:
            self._after(30, 90)
            moves.reopen(self.book, self.at, self.seat(), self.limits, words("reopen", self.dice))
            self._dispatch(self.unit)
            self._handle()
            self._finish()

    def _dispatch(self, unit: Unit) -> None:
        self._after(6, 9)
        helper = self._other() if unit == self.unit and self._falls("helped") else None
        moves.dispatch(self.book, self.at, self.seat(), self.limits, unit, helper)
        self._within("acknowledge", 0.4)
        moves.acknowledge(self.book, self.at, self._speaker())
        if helper:
            self._after(4, 25)
            moves.arrive(self.book, self.at, self.who.speaker(helper, self.centre), helper)

    def _returned(self) -> None:
        """Give the case back and send it to another unit."""
        dice = self.dice
        self._after(2, 5)
        moves.ask_return(self.book, self.at, self._speaker(), words("return", dice))
        self._after(10, 20)
        moves.grant(self.book, self.at, self.seat(), self.limits, words("grant", dice))
        self._dispatch(self._other())

    def _handle(self) -> None:
        """Work on it; some reminders and urgings, an extension here and there, one in ten too late."""
        dice, i = self.dice, self.book.i
        bad = self._falls("overdue")
        if self._falls("reminded"):
            self._within("handling", 0.2)
            moves.say(self.book, self.at, self.seat(), "remind", words("remind", dice))
        if i.handling_seconds >= _LONG and self._falls("extended") and self._in_time():
            seconds = i.handling_seconds // 2
            moves.ask_extension(self.book, self.at + MINUTE, self._speaker(), seconds, words("extend", dice))
            self._after(20, 30)
            moves.grant(
                self.book, self.at, self.who.supervisor(self.centre), self.limits, words("grant", dice)
            )
        if bad and self._falls("urged"):
            self._within("handling", 0.5)
            moves.say(self.book, self.at, self.seat(), "urge", words("urge", dice))
        self._part_of_handling(1.05 + dice.fraction() if bad else 0.1 + 0.8 * dice.fraction())
        self._feedback()

    def _feedback(self) -> None:
        text = self.dice.one_of(self.matter.results)
        moves.feedback(self.book, self.at, self._speaker(), self.limits, text)

    def _finish(self) -> None:
        dice = self.dice
        if self._falls("checked"):
            self._within("verify", 0.3)
            moves.say(self.book, self.at, self.seat(), "check", "", words("check", dice))
        self._within("verify", 0.3)
        if self._falls("reworked"):
            moves.rework(self.book, self.at, self.seat(), self.limits, words("rework", dice))
            self._within("acknowledge", 0.4)
            moves.acknowledge(self.book, self.at, self._speaker())
            self._part_of_handling(0.2 + 0.6 * dice.fraction())
            self._feedback()
            self._within("verify", 0.4)
        moves.verify(self.book, self.at, self.seat(), self.limits)
        self._within("close", 0.3)
        self._close("done")

    def _close(self, outcome: str) -> None:
        said = endings.said(self.matter.code, self.dice)
        self.agreed = said.get("agreement") == "yes"
        moves.end(self.book, self.at, self.seat(), "close", outcome, said)

    def _follow_up(self, share: str) -> bool:
        """Call the reporter of some; answer whether they say that it is not solved."""
        dice = self.dice
        if not self._falls(share):
            return False
        while self._falls("unreached") and self.book.i.unreached < _UNREACHED:
            self._after(40, 200)
            moves.follow_up(self.book, self.at, self.seat(), {"contacted": "no"}, "")
        if self.book.i.unreached >= _UNREACHED:
            return False
        self._after(60, 300)
        solved, content = self._falls("solved"), self._falls("satisfied")
        answers = {"contacted": "yes", "solved": _yes(solved), "satisfied": _yes(solved and content)}
        if self.agreed:
            answers["kept"] = _yes(self._falls("kept"))
        said = words("follow_up" if solved and content else "grumble", dice)
        moves.follow_up(self.book, self.at, self.seat(), answers, said)
        return not solved and self.book.i.outcome == "done"

    def _speaker(self) -> Actor:
        i = self.book.i
        unit = self.unit
        if (i.lead_unit_id, i.lead_grid_id) != (unit.organisation, unit.grid):
            unit = self._other()
        return self.who.speaker(unit, self.centre)

    def _other(self) -> Unit:
        """Return who helps, or takes what was given back."""
        return self.who.unit("grid" if self.matter.unit != "grid" else "城管局", self.place.grid_code)

    def _in_time(self) -> bool:
        ends = self.book.ends("handling")
        return ends is None or self.at + 2 * MINUTE < ends

    def _after(self, least: float, spread: float) -> None:
        """Let minutes pass."""
        self.at = (
            max(self.at, self.book.at)
            + int((least * self.dice.fraction() + spread * self.dice.fraction() ** 3) * MINUTE)
            + 20
        )

    def _decide(self) -> None:
        """Let the seat look at the report: mostly within the norm's minute, sooner where it presses."""
        i, dice = self.book.i, self.dice
        presses = i.priority == 1 or i.channel == "phone"
        slow = material.share("slow") * _pace(self.centre) * (0.5 if presses else 1.0)
        if dice.fraction() < slow:
            self._after(3, 11)
            self.at += MINUTE
        else:
            self.at += 9 + dice.below(51)

    def _within(self, stage: str, part: float) -> None:
        """Let about ``part`` of the stage's limit pass, in its own clock; now and then too much."""
        clock = next((clock for clock in self.book.running if clock.stage == stage), None)
        self.at = max(self.at, self.book.at)
        if clock is not None:
            late = 4.0 if self._falls("late") else 1.0
            spent = clock.seconds * part * 2 * self.dice.fraction() * late
            self.at = self.who.time.later(self.at, max(30, spent), clock.clock)

    def _part_of_handling(self, part: float) -> None:
        clock = next(clock for clock in self.book.running if clock.stage == "handling")
        self.at = max(
            self.at + MINUTE,
            self.book.at,
            self.who.time.later(clock.began, clock.seconds * part, clock.clock),
        )


@cache
def _pace(centre: str) -> float:
    """Return how often a centre is slow beside the mean: 0.4 to 1.6."""
    return 0.4 + 1.2 * Dice("pace", centre).fraction()


def _yes(answer: bool) -> str:  # noqa: FBT001  yes or no
    return "yes" if answer else "no"
