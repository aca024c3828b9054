"""What a line says of a worker, a resource, a case: who, how far, and the keys that reach them."""

import re
from collections.abc import Mapping, Sequence
from functools import partial
from math import isnan
from typing import Any, Final, cast

from PySide6.QtGui import QGuiApplication

from console.desk.around import FARTHEST
from console.errors import BadInput
from console.grade import Grade
from console.intake.spot import written
from console.language import say
from console.resource_kinds import kind_name
from ui.lines import LATE, Acts, Said
from ui.map.reach import Way
from ui.queue.times import due_told
from ui.seat import Seat
from ui.telephone import dial
from ui.texts import shown

RADIUS: Final = re.compile(r"(\d{1,6}(?:\.\d{1,3})?)\s*(m|米|km|公里|千米)?")
KILOMETRE: Final = 1000.0  # metres
DIAL, COPY = "F9", "Ctrl+C"
MARKS: Final = {Grade.OVERDUE: LATE, Grade.NEAR: "▲", Grade.FINE: "●", Grade.NONE: "○"}
Found = Mapping[str, Any]  # a row of desk.near, desk.within or desk.grid_card


def metres_of(text: str) -> float:
    """Return the radius that ``text`` says (800, 800 米, 1.5km, 1.5 公里); BadInput where it is none."""
    found = RADIUS.fullmatch(text.strip().lower())
    if found is None:
        raise BadInput("bad_radius", metres=shown(text)[:20], most=FARTHEST)
    metres = float(found[1]) * (KILOMETRE if found[2] in {"km", "公里", "千米"} else 1)
    if not 1 <= metres <= FARTHEST:
        raise BadInput("bad_radius", metres=f"{metres:g}", most=FARTHEST)
    return metres


def distance(metres: float) -> str:
    """Return metres in words, as near as a great circle on the mean sphere tells them."""
    if metres < KILOMETRE:
        return say("map.metres", length=f"{metres:.0f}")
    return say("map.kilometres", length=f"{metres / KILOMETRE:,.1f}".removesuffix(".0"))


def worker(seat: Seat, one: Found) -> Said:
    """Return the line of a worker, with distance and place where they told one."""
    where = seat.directory.grid_name(one["grid"]) if one.get("grid") else ""
    duty = say("around.on_duty") if one.get("on_duty") or one.get("rostered") else ""
    words = say("case.dot").join(part for part in (shown(one["name"]), duty, shown(where)) if part)
    return Said(
        ("staff", one["code"]), say(f"places.staff.{one['kind']}"), words, _aside(one), _acts(seat, one)
    )


def resource(seat: Seat, one: Found) -> Said:
    """Return the line of a resource with its distance."""
    words = say("case.dot").join(shown(part) for part in (one["name"], one["note"] or "") if part)
    return Said(("resource", one["code"]), kind_name(one["kind"]), words, _aside(one), _acts(seat, one))


def case(one: tuple[int, str, float], grade: Grade, now: float, metres: float | None = None) -> Said:
    """Return the line of an open case (number, title, due): what is left of its limit, and how far it is."""
    number, title, due = one
    left = "" if isnan(due) else due_told(due, now)
    far = [distance(metres)] if metres is not None else []
    aside = say("case.dot").join([*far, f"{MARKS[grade]} {left}".rstrip()])
    return Said(number, f"{number}", shown(title), aside)


def way(start: Sequence[float], kinds: Mapping[str, Sequence[Found]], key: object) -> Way | None:
    """Return the line from ``start`` to what a line of these kinds names by its key, None where none does."""
    one = {(kind, one["code"]): one for kind, rows in kinds.items() for one in rows}.get(cast("Any", key))
    if one is None:
        return None
    words = say("case.dot").join((shown(one["name"]), distance(one["metres"])))
    return (start[0], start[1]), (one["lon"], one["lat"]), words


def _aside(one: Found) -> str:
    far = distance(one["metres"]) if "metres" in one else ""
    return say("case.dot").join(part for part in (far, shown(one["phone"] or "")) if part)


def _acts(seat: Seat, one: Found) -> Acts:
    return {DIAL: partial(dial, seat, one["phone"] or ""), COPY: partial(_copy, seat, one)}


def _copy(seat: Seat, one: Found) -> None:
    """Copy name and phone, and the place where one is told."""
    who = " ".join(part for part in (shown(one["name"]), shown(one["phone"] or "")) if part)
    text = written(who, one["lon"], one["lat"]) if "lon" in one else who
    QGuiApplication.clipboard().setText(text)
    seat.notices.say(say("hand.copied", text=text))
