"""The words of the field as closed lists. Standard library only; labels stand in resources/text."""

from enum import StrEnum


class Status(StrEnum):
    """Where an incident stands."""

    REPORTED = "reported"
    ACCEPTED = "accepted"
    DISPATCHED = "dispatched"
    HANDLING = "handling"
    HANDLED = "handled"
    VERIFIED = "verified"
    CLOSED = "closed"
    SUSPENDED = "suspended"
    REJECTED = "rejected"
    MERGED = "merged"
    CANCELLED = "cancelled"


OPEN = frozenset(
    {
        Status.REPORTED,
        Status.ACCEPTED,
        Status.DISPATCHED,
        Status.HANDLING,
        Status.HANDLED,
        Status.VERIFIED,
        Status.SUSPENDED,
    },
)


class Level(StrEnum):
    """A node's place in the tree; departments stand beside it."""

    PROVINCE = "province"
    CITY = "city"
    COUNTY = "county"
    TOWNSHIP = "township"
    COMMUNITY = "community"
    DEPARTMENT = "department"


class GridKind(StrEnum):
    """Grids of different kinds overlap in space."""

    COMPREHENSIVE = "comprehensive"
    DEDICATED = "dedicated"
    POLICE = "police"
    MEDIATION = "mediation"


class StaffKind(StrEnum):
    """Who works in a grid."""

    HEAD = "head"
    DEPUTY = "deputy"
    FULL_TIME = "full_time"
    PART_TIME = "part_time"
    LIAISON = "liaison"
    MEDIATOR = "mediator"
    VOLUNTEER = "volunteer"


class Position(StrEnum):
    """What a person may do, as a group role of the database."""

    SEAT = "seat"
    SUPERVISOR = "supervisor"
    UNIT = "unit"
    WALL = "wall"
    WORKER = "worker"
    ADMIN = "admin"


class Channel(StrEnum):
    """Where a report came in."""

    PHONE = "phone"
    COUNTER = "counter"
    WECHAT = "wechat"
    WECHAT_GROUP = "wechat_group"
    RESIDENT_APP = "resident_app"
    RESIDENT = "resident"
    GRID_WORKER = "grid_worker"
    DEDICATED_GRID = "dedicated_grid"
    PATROL = "patrol"
    DOOR_TO_DOOR = "door_to_door"
    HOTLINE = "hotline"
    CAMERA = "camera"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    SUPERIOR = "superior"
    SENSOR = "sensor"


class Clock(StrEnum):
    """How time counts: all of it, or inside the spans of a calendar."""

    CONTINUOUS = "continuous"
    WORKING = "working"


class Datum(StrEnum):
    """What a pair of coordinates refers to."""

    WGS84 = "WGS-84"
    CGCS2000 = "CGCS2000"
    GCJ02 = "GCJ-02"
    BD09 = "BD-09"
    UNKNOWN = "unknown"


class Party(StrEnum):
    """Why an organisation may see an incident that is not its centre's."""

    LEAD = "lead"
    CO = "co"
    COPY = "copy"
