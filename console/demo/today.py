"""What stands open when the sample county opens: cases in every status, some bad, one for the visitor."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import resources
from console.connection import Connection
from console.demo import material
from console.demo.cast import Cast
from console.demo.dice import Dice
from console.demo.material import Matter, words
from console.demo.past import Past, moved
from console.demo.rows import Place
from console.geography.datum import from_wgs84

_ROAD = ("report", "accept", "dispatch", "acknowledge", "feedback", "verify")
_ENDS = {"reported": 1, "accepted": 2, "dispatched": 3, "handling": 4, "handled": 5, "verified": 6}
_SAID = {"remind": "remind", "urge": "urge", "instruct": "instruct", "grant": "grant", "supervise": "urge"}
_REASONED = frozenset({"return", "suspend"})
_MORE: dict[str, dict[str, object]] = {
    "supervise": {"card": "yellow"},
    "suspend": {"limit": {"seconds": 30 * 86_400, "clock": "continuous"}},
}
_ACCEPTED = 2  # steps of a case that waits for dispatch
_CLAIMED = 5  # of the reported ones, one in so many is being worked at


@dataclass(frozen=True)
class Opening:
    """The guided case, and the numbers that the simulator leaves alone."""

    guided: int
    kept: tuple[int, ...]


@dataclass(frozen=True)
class _Case:
    """One case to be told: what it is, where, whose, and its steps with minutes before now."""

    matter: Matter
    title: str
    place: Place
    centre: str
    unit: str
    steps: tuple[tuple[str, float], ...]
    channel: str = "phone"
    extra: tuple[tuple[str, object], ...] = ()


class _Teller:
    """Tells cases through desk.act, each step by whoever it belongs to."""

    def __init__(self, past: Past, cast: Cast, dice: Dice, now: datetime) -> None:
        self.past = past
        self.cast = cast
        self.dice = dice
        self.now = now
        self.told = 0

    async def tell(self, case: _Case) -> int:
        """Act all steps; return the number."""
        number = 0
        for action, minutes in case.steps:
            at = self.now - timedelta(minutes=minutes)
            login = self._whose(action, case, at)
            if action == "report":
                number = await self.past.act(login, at, action, **self._report(case))
            else:
                await self.past.act(login, at, action, number, **self._args(action, case))
        return number

    def _whose(self, action: str, case: _Case, at: datetime) -> str:
        """Return who makes a move; of a restricted case only the visitor's seat may know."""
        if dict(case.extra).get("restricted"):
            return self.cast.operator
        if action == "report":
            return self.cast.reporter(case.channel, case.centre, at)
        return self.cast.login_for(action, case.centre, case.unit, case.place.grid_code, at)

    def _report(self, case: _Case) -> dict[str, Any]:
        self.told += 1
        county = self.cast.county
        return {
            "title": case.title,
            "class": case.matter.code,
            "channel": case.channel,
            "place": county.full_address(case.place),
            "point": [case.place.longitude, case.place.latitude],
            "datum": "WGS-84",
            "centre": case.centre,
            "external": f"demo:T-{self.now:%y%m%d%H%M%S}-{self.told}",
            **{key: value for key, value in case.extra if key == "restricted"},
        }

    def _args(self, action: str, case: _Case) -> dict[str, Any]:
        if action == "dispatch":
            unit = case.place.grid_code if case.unit == "grid" else case.unit
            with_ = [value for key, value in case.extra if key == "with"]
            return {"unit": unit, **({"with": with_} if with_ else {})}
        if action == "feedback":
            return {"text": self.dice.one_of(case.matter.results)}
        if action in _REASONED:
            return {"reason": words(action, self.dice), **_MORE.get(action, {})}
        if action in _SAID:
            return {"text": words(_SAID[action], self.dice), **_MORE.get(action, {})}
        return {}


async def open_day(raw: Connection, cast: Cast, seed: int, now: datetime) -> Opening:
    """Tell today's cases with the superuser's connection ``raw``; return what is kept for the visitor."""
    dice = Dice(seed, "today")
    async with moved(raw) as past:
        teller = _Teller(past, cast, dice, now)
        kept: list[int] = []
        for row in resources.table("sample/today.toml")["shown"]:
            kept += await _shown(teller, row)
        for case in _waiting(cast, dice):
            number = await teller.tell(case)
            if len(case.steps) == 1 and dice.below(_CLAIMED) == 0:
                await past.act(cast.colleague(case.centre, now), now - timedelta(seconds=20), "claim", number)
        guided = await _guided(teller)
    return Opening(guided, tuple(kept))


async def guide_again(raw: Connection, cast: Cast, seed: int, now: datetime) -> int:
    """Report the visitor's case once more, after the last one was worked; return its number."""
    async with moved(raw) as past:
        return await _guided(_Teller(past, cast, Dice(seed, "today"), now))


async def _shown(teller: _Teller, row: dict[str, Any]) -> list[int]:
    """Tell a case to look at, and the reports under it when it is a head incident."""
    place = teller.dice.one_of(teller.cast.county.places)
    steps = tuple((word, float(minutes)) for word, minutes in (step.split() for step in row["steps"]))
    extra = tuple((key, row[key]) for key in ("restricted", "with") if key in row)
    centre = teller.cast.county_code if row.get("centre") else teller.cast.centre_of(place)
    case = _Case(material.matter(row["class"]), row["title"], place, centre, row["unit"], steps, extra=extra)
    numbers = [await teller.tell(case)]
    for n, title in enumerate(row.get("under", ())):
        ago = 40.0 - 8 * n
        report = _Case(case.matter, title, place, centre, row["unit"], (("report", ago),), "hotline")
        numbers.append(await teller.tell(report))
        at = teller.now - timedelta(minutes=ago - 3)
        await teller.past.act(teller.cast.seat(centre, at), at, "attach-report", numbers[-1], to=numbers[0])
    return numbers


def _waiting(cast: Cast, dice: Dice) -> list[_Case]:
    """Return the other open cases, oldest reports first."""
    cases = [
        _waiting_case(cast, dice, _ENDS[status], most)
        for status, (count, most) in resources.table("sample/today.toml")["waiting"].items()
        for _ in range(count)
    ]
    return sorted(cases, key=lambda case: -case.steps[0][1])


def _waiting_case(cast: Cast, dice: Dice, steps: int, most: float) -> _Case:
    """Return a case that has come ``steps`` far, reported at most ``most`` minutes ago."""
    age = most * (0.3 + 0.7 * dice.fraction()) if steps > 1 else 0.5 + most * dice.fraction()
    matter = material.of_month(cast.now.month).draw(dice)
    while matter.answered > 0.5 or matter.code == "公共安全/保供":  # noqa: PLR2004  questions do not wait long
        matter = material.of_month(cast.now.month).draw(dice)
    place = dice.one_of(cast.county.places)
    centre = cast.county_code if dice.below(4) == 0 else cast.centre_of(place)
    told = tuple((action, age * (1 - n / (steps + 0.5))) for n, action in enumerate(_ROAD[:steps]))
    if steps > _ACCEPTED and dice.below(10):  # what has come further was accepted within the norm's minute
        told = (told[0], (_ROAD[1], age - 0.2 - 0.7 * dice.fraction()), *told[2:])
    channel = material.channels("channels").draw(dice)
    return _Case(matter, dice.one_of(matter.titles), place, centre, matter.unit, told, channel)


async def _guided(teller: _Teller) -> int:
    """Report the visitor's case: a point as a phone gives it (GCJ-02), for the county's own seats."""
    row, cast = resources.table("sample/today.toml")["guided"], teller.cast
    place = cast.county.places_of[row["grid"]][1]
    raw_point = from_wgs84(place.longitude, place.latitude, "GCJ-02")
    return await teller.past.act(
        cast.gateway,
        teller.now - timedelta(minutes=row["minutes"]),
        "report",
        title=row["title"],
        channel=row["channel"],
        place=row["place"],
        point=[place.longitude, place.latitude],
        raw_point=[round(part, 6) for part in raw_point],
        datum="GCJ-02",
        centre=cast.county_code,
        reporter=row["reporter"],
        phone=row["phone"],
        text=row["text"],
        external=f"demo:G-{teller.now:%y%m%d%H%M%S}",
        **{"class": row["class"]},
    )
