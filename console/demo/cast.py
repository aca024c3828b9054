"""Who plays whom: the people of the sample county by login, for the visitor and for the simulator."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import resources
from console.demo import people
from console.demo.county import County
from console.demo.rows import Operator, Place
from models.vocabulary import Level, Position

DUTY = "duty"
FIELD = frozenset(
    {
        "wechat",
        "wechat_group",
        "resident_app",
        "resident",
        "grid_worker",
        "patrol",
        "door_to_door",
        "dedicated_grid",
    }
)
_UNITS_MOVES = frozenset({"acknowledge", "feedback", "return", "extend", "suspend"})
_HEADS_MOVES = frozenset({"supervise", "instruct", "grant", "refuse"})


@dataclass(frozen=True)
class Cast:
    """The people of ``county`` on the day of ``now``."""

    county: County
    now: datetime

    @property
    def county_code(self) -> str:
        """Return the county's own centre."""
        return self.county.at(Level.COUNTY)[0].code

    @property
    def operator(self) -> str:
        """Return the county's seat at which the visitor sits."""
        return self._own(Position.SEAT)[int(self._people["operator"])]

    @property
    def supervisor(self) -> str:
        """Return the head of the county's shift."""
        return self._own(Position.SEAT)[int(self._people["supervisor"])]

    @property
    def department(self) -> str:
        """Return the department desk that the visitor may change to."""
        return self.desk(str(self._people["department"]), "")

    @property
    def grid_worker(self) -> str:
        """Return the grid worker that the visitor may change to."""
        return self.desk("grid", str(self._people["grid"]))

    @property
    def wall(self) -> str:
        """Return the wall screen's account."""
        return self._own(Position.WALL)[0]

    @property
    def gateway(self) -> str:
        """Return the connectors' account, by which apps and messages come in."""
        return self._own(Position.WORKER)[0]

    def centre_of(self, place: Place) -> str:
        """Return the township that a place lies in."""
        return str(self.county.organisation[place.community_code].parent_code)

    def seat(self, centre: str, at: datetime) -> str:
        """Return a seat on duty for ``centre``: its own, or by night the county's."""
        turns = people.roster(self.county.operators, [at.astimezone(people.BEIJING).date()])
        on = [row for row in turns if row.starts <= at < row.ends and row.operator_login is not None]
        own = [row for row in on if row.organisation_code == centre]
        found = own or [row for row in on if row.organisation_code == self.county_code]
        return str(found[0].operator_login)

    def colleague(self, centre: str, at: datetime) -> str:
        """Return a seat for ``centre`` that is not the visitor's."""
        login = self.seat(centre, at)
        return login if login != self.operator else self._own(Position.SEAT)[-1]

    def head(self, centre: str) -> str:
        """Return a supervisor of ``centre``."""
        return next(
            row.login
            for row in self.county.operators
            if row.organisation_code == centre and Position.SUPERVISOR in row.positions
        )

    def desk(self, unit: str, grid_code: str) -> str:
        """Return who speaks for a department (by alias), or for the grid; 值班 where nobody signs in."""
        if unit == "grid":
            return next((row.login for row in self._units() if row.grid_code == grid_code), DUTY)
        code = next(
            row.code for row in self.county.at(Level.DEPARTMENT) if unit in {row.short_name, row.name}
        )
        return next(row.login for row in self._units() if row.organisation_code == code)

    def centre_called(self, name: str) -> str:
        """Return the code of a centre by the name that lists show."""
        return next(row.code for row in self.county.centres if name in {row.short_name, row.name})

    def desk_called(self, unit: str) -> str:
        """Return who speaks for a unit by the name that lists show: a department's or a grid's."""
        if any(unit in {row.short_name, row.name} for row in self.county.at(Level.DEPARTMENT)):
            return self.desk(unit, "")
        return self.desk("grid", next((row.code for row in self.county.grids if row.name == unit), ""))

    def login_for(self, action: str, centre: str, unit: str, grid_code: str, at: datetime) -> str:
        """Return whose move ``action`` is: the unit's, the head's, or a seat's."""
        if action in _UNITS_MOVES:
            return self.desk(unit, grid_code)
        if action == "arrive":
            return DUTY
        return self.head(centre) if action in _HEADS_MOVES else self.seat(centre, at)

    def reporter(self, channel: str, centre: str, at: datetime) -> str:
        """Return who writes a report of ``channel`` down."""
        return self.gateway if channel in FIELD else self.seat(centre, at)

    def _units(self) -> list[Operator]:
        return [row for row in self.county.operators if Position.UNIT in row.positions]

    def _own(self, position: Position) -> list[str]:
        return [
            row.login
            for row in self.county.operators
            if row.organisation_code == self.county_code and position in row.positions
        ]

    @property
    def _people(self) -> dict[str, Any]:
        found: dict[str, Any] = resources.table("sample/today.toml")["people"]
        return found
