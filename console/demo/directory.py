"""Who is who in the loaded county: the ids behind codes, who is on duty, what limits stand."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime

from console.connection import Connection
from console.demo import people, worktime
from console.demo.county import County
from console.demo.ledger import Actor
from console.demo.load import ids
from console.demo.worktime import WorkTime
from models.vocabulary import Level, Position

BEIJING = people.BEIJING
DUTY, SERVER = "duty", "系统"


@dataclass(frozen=True, slots=True)
class Kind:
    """A class of the catalogue as the database has it."""

    id: int
    priority: int
    seconds: int
    clock: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A stage's limits in seconds."""

    when: str
    working: int
    continuous: int


@dataclass(frozen=True, slots=True)
class Unit:
    """Who may be sent: an organisation, or a grid of it; ``text`` is how a dispatcher names it."""

    text: str
    organisation: int
    grid: int | None
    person: int | None


@dataclass(frozen=True)
class Node:
    """An organisation's id, its left bound and the centre above it."""

    id: int
    lft: int
    parent_centre: int | None


class Directory:
    """Look-ups of one county in one database, read once."""

    def __init__(self, county: County, time: WorkTime, rows: "Known") -> None:
        self.county = county
        self.time = time
        self.rows = rows
        self._days: dict[date, dict[str, list[tuple[datetime, datetime, str | None]]]] = {}
        self._seats: defaultdict[str, list[str]] = defaultdict(list)
        for row in county.operators:
            if Position.SUPERVISOR in row.positions:
                self._seats[row.organisation_code].append(row.login)
        self._desk_of = {
            row.grid_code or row.organisation_code: row.login
            for row in county.operators
            if Position.UNIT in row.positions
        }
        self._departments = {row.short_name: row for row in county.at(Level.DEPARTMENT)}
        self.county_code = county.at(Level.COUNTY)[0].code

    def on_duty(self, centre: str, at: int) -> tuple[str, str]:
        """Return the login of a seat that acts for ``centre`` at ``at``, and the code of its own centre."""
        instant = datetime.fromtimestamp(at, BEIJING)
        shifts = self._shifts(instant.date())
        for starts, ends, login in shifts[centre]:
            if starts <= instant < ends and login is not None:
                return login, centre
        for starts, ends, login in shifts[self.county_code]:
            if starts <= instant < ends and login is not None:
                return login, self.county_code
        return self._seats[centre][0], centre

    def seat(self, centre: str, at: int) -> Actor:
        """Return whoever acts for ``centre`` at ``at``: its own seats by day, the county's by night."""
        login, own = self.on_duty(centre, at)
        return Actor(self.rows.persons[login], self.rows.nodes[own].id)

    def supervisor(self, centre: str) -> Actor:
        """Return the head of a centre's shift."""
        return Actor(self.rows.persons[self.supervisor_login(centre)], self.rows.nodes[centre].id)

    def supervisor_login(self, centre: str) -> str:
        """Return the login of the head of a centre's shift."""
        return self._seats[centre][-1]

    def gateway(self) -> Actor:
        """Return the connectors' account, by which WeChat, apps and grid workers' phones report."""
        login = next(row.login for row in self.county.operators if Position.WORKER in row.positions)
        return Actor(self.rows.persons[login], self.rows.nodes[self.county_code].id)

    def unit(self, name: str, grid_code: str) -> Unit:
        """Return a department by its alias, or for "grid" the grid ``grid_code``."""
        if name == "grid":
            grid = self.rows.grids[grid_code]
            login = self._desk_of.get(grid_code)
            code = self.county.grid[grid_code].organisation_code
            return Unit(grid_code, self.rows.nodes[code].id, grid, self.rows.persons.get(login or ""))
        row = self._departments[name]
        return Unit(name, self.rows.nodes[row.code].id, None, self.rows.persons[self._desk_of[row.code]])

    def speaker(self, unit: Unit, centre: str) -> Actor:
        """Return who says what the unit did: its own desk, or 值班 as told by telephone."""
        if unit.person is not None:
            return Actor(unit.person, unit.organisation)
        return Actor(self.rows.persons[DUTY], self.rows.nodes[centre].id, unit.organisation)

    @property
    def server(self) -> int:
        """Return the id of 系统."""
        return self.rows.persons[SERVER]

    def _shifts(self, day: date) -> dict[str, list[tuple[datetime, datetime, str | None]]]:
        if day not in self._days:
            found: defaultdict[str, list[tuple[datetime, datetime, str | None]]] = defaultdict(list)
            for row in people.roster(self.county.operators, [day]):
                found[row.organisation_code].append((row.starts, row.ends, row.operator_login))
            self._days[day] = found
        return self._days[day]


@dataclass(frozen=True)
class Known:
    """What the database calls them."""

    nodes: dict[str, Node]
    grids: dict[str, int]
    persons: dict[str, int]
    kinds: dict[str, Kind]
    limits: dict[str, Limit]


async def read(raw: Connection, county: County) -> Directory:
    """Read the directory with a superuser's connection."""
    nodes = await raw.fetch(
        "SELECT code, id, lft, gridseat.parent_centre(id) AS parent FROM gridseat.organisation"
    )
    kinds = await raw.fetch(
        """SELECT code, id, priority, CASE priority WHEN 1 THEN 'continuous' ELSE clock END AS clock,
                  CASE priority WHEN 1 THEN coalesce(urgent_amount, amount) ELSE amount END AS seconds
           FROM gridseat.catalogue_class"""
    )
    limits = await raw.fetch("SELECT * FROM gridseat.stage_limit")
    rows = Known(
        {row["code"]: Node(row["id"], row["lft"], row["parent"]) for row in nodes},
        await ids(raw, "grid"),
        await ids(raw, "person", "login"),
        {row["code"]: Kind(row["id"], row["priority"], row["seconds"], row["clock"]) for row in kinds},
        {
            row["stage"]: Limit(row["continuous_when"], row["working_amount"], row["continuous_amount"])
            for row in limits
        },
    )
    return Directory(county, await worktime.load(raw), rows)
