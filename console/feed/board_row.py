"""One open incident as the board holds it: the only list of the board's columns."""

from math import nan
from typing import NamedTuple

FREE_TEXTS = ("title", "place")  # differ from row to row; the other texts are names out of a small set


class Row(NamedTuple):
    """What a seat sees of an incident in a list. Instants are epoch seconds, NaN = none; names "" = none."""

    number: int
    version: int
    status: str  # key of the stage, as in the rules: "reported", "accepted" …
    title: str
    received: float
    class_code: str = ""
    class_name: str = ""
    priority: int = 3  # 1 is the highest
    channel: str = ""
    round: int = 1
    centre: str = ""  # names of the organisations, as people say them
    township: str = ""
    community: str = ""
    place: str = ""
    grid_code: str = ""
    unit: str = ""  # the lead unit
    claim_by: str = ""  # who holds the claim
    claim_until: float = nan
    mine: bool = False  # the claim is this seat's
    due: float = nan
    warn_at: float = nan  # from here on the case is near due
    handling_due: float = nan
    promised_due: float = nan
    lon: float = nan  # WGS-84 degrees
    lat: float = nan
    reminders: int = 0  # how often the citizen asked again
    reports: int = 0  # further reports attached or merged
    pending: str = ""  # a request that waits for an answer: "return", "extend", "suspend"
    restricted: bool = False
    urged: float = nan  # since when an urging, a card or the citizen's reminder waits for a step
    callback: float = nan  # a call back is promised for then
