"""The rows that the sample county consists of: plain values, no database."""

from dataclasses import dataclass
from datetime import datetime

from shapely import Polygon

from models.vocabulary import GridKind, Level, Position, StaffKind


@dataclass(frozen=True, slots=True)
class Organisation:
    """A node of the tree or a department beside it; ``aliases``: what people call it, short name first."""

    code: str
    name: str
    level: Level
    parent_code: str | None
    short_name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """An area with a code; ``polygon`` in degrees (longitude, latitude), taken as CGCS2000."""

    code: str
    name: str
    kind: GridKind
    organisation_code: str
    polygon: Polygon

    @property
    def wkb(self) -> bytes:
        """Return the polygon as little-endian well-known binary."""
        return self.polygon.wkb


@dataclass(frozen=True, slots=True)
class Staff:
    """An invented person who works in a grid; a community's head belongs to all its grids."""

    code: str
    name: str
    kind: StaffKind
    grid_code: str | None
    organisation_code: str
    phone: str


@dataclass(frozen=True, slots=True)
class Operator:
    """Somebody who signs in; ``grid_code`` only for grid workers."""

    login: str
    name: str
    positions: tuple[Position, ...]
    organisation_code: str
    grid_code: str | None = None


@dataclass(frozen=True, slots=True)
class Shift:
    """A turn of duty in a centre: of one of its operators, or of another centre that covers it (夜间代班)."""

    organisation_code: str
    by_organisation_code: str
    operator_login: str | None
    starts: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Facility:
    """Something of a kind of resource_kinds.toml that stands at a point (longitude, latitude; WGS-84)."""

    code: str
    name: str
    kind: str
    organisation_code: str
    grid_code: str
    point: tuple[float, float]
    phone: str | None
    note: str


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere a report may come from; ``address`` names community and spot."""

    address: str
    community_code: str
    grid_code: str
    longitude: float
    latitude: float
