"""How a place is understood, in sentences: where it lies, what was converted, what is doubtful."""

from collections.abc import Iterator

from console.errors import BadInput
from console.geography.datum import to_wgs84
from console.geography.geodesic import length
from console.intake.spot import UNKNOWN
from console.intake.whereabouts import Reading, Whereabouts
from console.language import say
from ui.texts import shown

CANDIDATES = 3
NAMED = 40  # characters of a place in the sentence about it
MOVED = 1.0  # metres below which a conversion changes nothing
KILOMETRE = 1000.0


def told(reading: Reading, where: Whereabouts) -> list[str]:
    """Return how a place was understood: where it is, then what is to be known of its point."""
    words = list(_where(reading, where))
    if reading.spot.point is None:
        return [say("case.dot").join(words)]
    return [line for line in (say("case.dot").join(words), *_point(reading, where)) if line]


def datum(name: str, reading: Reading, where: Whereabouts) -> str:
    """Return what the chip of a datum says: while none is known, also to which grid it leads."""
    words = say(f"dialogs.value.datum.{name}")
    point = reading.spot.point
    if point is None or reading.spot.datum != UNKNOWN:
        return words
    grid = next(iter(where.grids_at(point, name)), "")
    return say(
        "place.leads",
        datum=words,
        grid=shown(where.grid_name(grid))[:NAMED] if grid else say("place.no_grid"),
    )


def _where(reading: Reading, where: Whereabouts) -> Iterator[str]:
    if reading.organisation:
        place = shown(where.name(reading.grid or reading.organisation))[:NAMED]
        yield say("dialogs.found_place", place=place)
        if reading.centre:
            yield say("report.centre", centre=shown(where.name(reading.centre)))
    elif reading.candidates:
        names = say("intake.comma").join(map(where.name, reading.candidates[:CANDIDATES]))
        yield say("report.several", count=len(reading.candidates), names=shown(names))
    elif reading.spot.address:
        yield say("dialogs.place_open")


def _point(reading: Reading, where: Whereabouts) -> Iterator[str]:
    """Yield the sentences about the point; what cannot be a point is said alone."""
    found = reading.spot
    try:
        found.args()
    except BadInput as error:
        yield error.sentence
        return
    if found.swapped and found.point is not None:
        yield say("place.swapped", lon=f"{found.point[0]:g}", lat=f"{found.point[1]:g}")
    if found.datum == UNKNOWN:
        yield say("report.datum_unknown")
        return
    yield _converted(reading)
    if reading.overlap:
        names = say("intake.comma").join(shown(where.name(code))[:NAMED] for code in reading.overlap)
        yield say("place.overlap", names=names, grid=shown(where.name(reading.grid))[:NAMED])
    elif not reading.grid and found.point is not None:
        yield _outside(where.away(found.point, found.datum))


def _converted(reading: Reading) -> str:
    """Return the point as it was given beside the one in WGS-84."""
    raw, name = reading.spot.point or (0.0, 0.0), reading.spot.datum
    point = to_wgs84(*raw, name)
    facts = {"datum": name, "lon": f"{raw[0]:.6f}", "lat": f"{raw[1]:.6f}"}
    moved = length([raw, point])
    if moved < MOVED:
        return say("place.as_given", **facts)
    east, north = (f"{part:.6f}" for part in point)
    return say("place.converted", **facts, east=east, north=north, metres=f"{moved:.0f}")


def _outside(metres: float | None) -> str:
    """Say that a point is in no grid, and how far the next one is: a wrong datum or a slip leads far."""
    if metres is None:
        return say("place.outside")
    if metres < KILOMETRE:
        return say("place.outside_near", metres=f"{metres:.0f}")
    return say("place.outside_far", kilometres=f"{metres / KILOMETRE:,.0f}")
