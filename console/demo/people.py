"""Invented people of the sample county: grid staff, operators and their duty roster."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone

import resources
from console.demo.dice import Dice
from console.demo.rows import Grid, Operator, Organisation, Shift, Staff
from models.vocabulary import GridKind, Level, Position, StaffKind

BEIJING = timezone(timedelta(hours=8))
_WALKERS = frozenset({StaffKind.FULL_TIME, StaffKind.PART_TIME})
_COUNTY_TURNS = (0, 8, 16)  # hours at which the county's three shifts begin, eight hours each
_TOWNSHIP_DAY = (8, 20)
_NIGHT = (20, 32)  # until eight of the next morning
_SEATS_A_TURN = 2


def names(seed: int) -> Iterator[str]:
    """Yield invented names, none twice."""
    dice = Dice(seed, "people")
    parts = resources.table("sample/people.toml")
    used: set[str] = set()
    while True:
        given = dice.one_of(parts["first"]) if dice.below(4) else ""
        name = dice.one_of(parts["surnames"]) + given + dice.one_of(parts["last"])
        if name not in used:
            used.add(name)
            yield name


def employ(
    grids: Sequence[Grid], communities: Sequence[Organisation], who: Iterator[str], seed: int
) -> list[Staff]:
    """Return who works in ``grids``: heads of communities, a worker in each grid, and the helpers."""
    dice = Dice(seed, "staff")
    count = resources.table("sample/people.toml")["staff"]
    whole = [grid for grid in grids if grid.kind is GridKind.COMPREHENSIVE]
    posts: list[tuple[StaffKind, str | None, str]] = [(StaffKind.HEAD, None, row.code) for row in communities]
    posts += [(_worker_kind(i, grid), grid.code, grid.organisation_code) for i, grid in enumerate(grids)]
    for kind, number in _helpers(count):
        some = sorted(dice.some_of(whole, number), key=lambda grid: grid.code)
        posts += [(kind, grid.code, grid.organisation_code) for grid in some]
    return [
        Staff(f"DEMO-{i:04d}", next(who), kind, grid, organisation, f"199-0000-{i:04d}")
        for i, (kind, grid, organisation) in enumerate(posts, 1)
    ]


def desk_lines(operators: Iterable[Operator], after: int) -> list[Staff]:
    """Return the seats as the staff list has them, with a line each; ``after`` so many who work in grids."""
    seats = [row for row in operators if Position.SEAT in row.positions]
    return [
        Staff(f"DEMO-{i:04d}", row.name, StaffKind.LIAISON, None, row.organisation_code, f"199-0000-{i:04d}")
        for i, row in enumerate(seats, after + 1)
    ]


def _worker_kind(index: int, grid: Grid) -> StaffKind:
    if grid.kind is GridKind.MEDIATION:
        return StaffKind.MEDIATOR
    every = int(resources.table("sample/people.toml")["staff"]["part_time_every"])
    return StaffKind.PART_TIME if index % every == every - 1 else StaffKind.FULL_TIME


def _helpers(count: dict[str, int]) -> list[tuple[StaffKind, int]]:
    return [
        (StaffKind.DEPUTY, count["deputies"]),
        (StaffKind.LIAISON, count["liaisons"]),
        (StaffKind.MEDIATOR, count["mediators"]),
        (StaffKind.VOLUNTEER, count["volunteers"]),
    ]


def sign_up(
    organisations: Sequence[Organisation], staff: Sequence[Staff], who: Iterator[str]
) -> list[Operator]:
    """Return who signs in: seats of the centres, department desks, some grid workers, wall, worker, admin."""
    table = resources.table("sample/people.toml")
    desks = table["desks"]
    county = next(row for row in organisations if row.level is Level.COUNTY)
    units = [row for row in organisations if row.level is Level.DEPARTMENT]
    communities = {row.code for row in organisations if row.level is Level.COMMUNITY}
    return [
        *_county_seats(county, table["seats"], who),
        *_township_seats(organisations, table["seats"], who),
        *(
            Operator(desks["unit"].format(name=u.short_name), next(who), (Position.UNIT,), u.code)
            for u in units
        ),
        *_grid_workers([row for row in staff if row.organisation_code in communities], desks),
        *(
            Operator(desks[key], desks[key], (Position(key),), county.code)
            for key in ("wall", "worker", "admin")
        ),
    ]


def _county_seats(county: Organisation, seats: dict[str, int], who: Iterator[str]) -> Iterator[Operator]:
    for i in range(seats["county"]):
        leads = (Position.SUPERVISOR,) if i < seats["supervisors"] else ()
        name = next(who)
        yield Operator(name, name, (Position.SEAT, *leads), county.code)


def _township_seats(
    organisations: Sequence[Organisation],
    seats: dict[str, list[str]],
    who: Iterator[str],
) -> Iterator[Operator]:
    """Yield the seats of each township; the first leads it, so that every centre can grant requests."""
    for row in organisations:
        if row.level is Level.TOWNSHIP:
            name = next(who)
            yield Operator(name, name, (Position.SEAT, Position.SUPERVISOR), row.code)
            if row.code in seats["second_seat"]:
                name = next(who)
                yield Operator(name, name, (Position.SEAT,), row.code)


def _grid_workers(staff: Sequence[Staff], desks: dict[str, object]) -> Iterator[Operator]:
    """Yield workers of the guided grid and of others over the county, each in a community of its own."""
    workers = {row.grid_code: row for row in staff if row.kind in _WALKERS}
    firsts = {row.organisation_code: row for row in reversed(workers.values())}
    guided = workers[str(desks["guided_grid"])]
    others = [row for code, row in sorted(firsts.items()) if code != guided.organisation_code]
    step = len(others) // (int(str(desks["grid_workers"])) - 1)
    for row in [guided, *others[step // 2 :: step]][: int(str(desks["grid_workers"]))]:
        yield Operator(row.name, row.name, (Position.UNIT,), row.organisation_code, row.grid_code)


def roster(operators: Sequence[Operator], days: Iterable[date]) -> list[Shift]:
    """Return who is on duty on ``days`` (Beijing time).

    The county is staffed round the clock in turns; townships by day, and the county covers their nights.
    """
    seats = [row for row in operators if Position.SEAT in row.positions]
    county = seats[0].organisation_code
    watch = [row for row in seats if row.organisation_code == county]
    others = [row for row in seats if row.organisation_code != county]
    townships = sorted({row.organisation_code for row in others})
    return [
        shift
        for day in sorted(set(days))
        for shift in [
            *_watches(watch, day),
            *(_turn(row, day, *_TOWNSHIP_DAY) for row in others),
            *(Shift(town, county, None, *_span(day, *_NIGHT)) for town in townships),
        ]
    ]


def _watches(watch: Sequence[Operator], day: date) -> Iterator[Shift]:
    """Yield the county's turns, each stood by the next two of its seats, so that the nights go round."""
    first = day.toordinal() * len(_COUNTY_TURNS)
    for turn, hour in enumerate(_COUNTY_TURNS):
        for seat in range(_SEATS_A_TURN):
            person = watch[((first + turn) * _SEATS_A_TURN + seat) % len(watch)]
            yield _turn(person, day, hour, hour + 8)


def _turn(person: Operator, day: date, begin: int, end: int) -> Shift:
    centre = person.organisation_code
    return Shift(centre, centre, person.login, *_span(day, begin, end))


def _span(day: date, begin: int, end: int) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, time(), BEIJING)
    return midnight + timedelta(hours=begin), midnight + timedelta(hours=end)
