"""A hundred thousand open incidents as a large city has them, and batches of facts about them."""

from collections.abc import Iterator
from functools import partial
from itertools import count
from random import Random

from console.feed.board_row import Row

COUNT, BATCH = 100_000, 1000
NOW = 1_800_000_000.0
COLUMNS = (  # what a person looks at: fourteen
    "number",
    "title",
    "place",
    "status",
    "unit",
    "due",
    "class_name",
    "priority",
    "channel",
    "township",
    "community",
    "claim_by",
    "received",
    "reminders",
)
STATUSES = ("reported", "accepted", "dispatched", "handling", "handled", "verified")
CHANNELS = ("phone", "hotline", "wechat", "grid_worker", "patrol", "camera")
MATTERS = ("路灯不亮", "井盖破损", "占道经营", "积水严重", "噪音扰民", "暴露垃圾", "消防通道被占", "树枝倒伏")
CLASSES = tuple(
    f"{group}/{MATTERS[n % 8]}" for n, group in enumerate(("公用设施", "街面秩序", "市容环境") * 20)
)
SYLLABLES = "安平新华长丰南北东西石桥李王赵陈高庄河口"
UNITS = tuple(
    f"{SYLLABLES[n % 20]}{SYLLABLES[n // 20]}{'城管住建水务交通'[n % 4 * 2 :][:2]}局" for n in range(400)
)


def row(dice: Random, number: int, version: int = 1) -> Row:
    """Return incident ``number`` as the dice have it."""
    due = NOW + dice.randint(-40_000, 400_000)
    township = dice.randrange(200)
    village = dice.randrange(10)
    return Row(
        number=number,
        version=version,
        status=dice.choice(STATUSES),
        title=f"{dice.choice(SYLLABLES)}{dice.choice(SYLLABLES)}路口{dice.choice(MATTERS)}，群众多次反映（{number}）",
        received=NOW - dice.randint(0, 900_000),
        class_name=dice.choice(CLASSES),
        priority=dice.randint(1, 4),
        channel=dice.choice(CHANNELS),
        township=f"{SYLLABLES[township % 20]}{SYLLABLES[township // 20]}镇",
        community=f"{SYLLABLES[township % 20]}{SYLLABLES[township // 20]}{SYLLABLES[village]}村",
        place=f"{dice.choice(SYLLABLES)}{dice.choice(SYLLABLES)}街{dice.randint(1, 999)}号院门口",
        unit=dice.choice(UNITS),
        claim_by=f"{dice.choice(SYLLABLES)}敏{dice.choice(SYLLABLES)}" if dice.random() < 0.1 else "",
        due=due,
        warn_at=due - 20_000,
        reminders=int(dice.random() < 0.05),
    )


def each_row() -> Iterator[Row]:
    """Yield the incidents at the start of a run."""
    return map(partial(row, Random(20260930)), range(1, COUNT + 1))


def rows() -> list[Row]:
    """Return them all."""
    return list(each_row())


def batches(incidents: list[Row]) -> Iterator[list[Row]]:
    """Yield batches of a thousand incidents that went on: another stage, unit, holder, limit."""
    dice = Random(1042)
    for version in count(2):
        yield [decoded(moved(dice, old, version)) for old in dice.sample(incidents, BATCH)]


def decoded(told: Row) -> Row:
    """Return ``told`` as it comes off the wire: each of its texts new, and no other row's."""
    return Row._make(value.encode().decode() if isinstance(value, str) else value for value in told)


def moved(dice: Random, old: Row, version: int) -> Row:
    """Return ``old`` after something was done about it; every place in the list may follow from it."""
    new = row(dice, old.number, version)
    return new._replace(title=old.title, place=old.place, township=old.township, community=old.community)
