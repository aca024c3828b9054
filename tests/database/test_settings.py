"""What a county sets for its database: checked, an administrator's alone, in force from then on."""

import json
from datetime import datetime

import asyncpg
import pytest

from tests.database.cast import Cast, later

SET = "SELECT desk.set_setting($1, $2)"


async def refusal(raw: asyncpg.Connection, key: str, value: str) -> tuple[str, dict[str, str]]:
    with pytest.raises(asyncpg.PostgresError) as found:
        await raw.fetchval(SET, key, value)
    return str(found.value.args[0]), json.loads(found.value.detail or "{}")


async def test_settings_are_shown_set_and_in_force(people: Cast) -> None:
    duty = await people.database.as_person("duty")
    status = json.loads(await duty.fetchval("SELECT desk.status()"))
    shown = {"claim_minutes": "10", "history_days": "90", "duplicate_metres": "50", "receipt_day": "counts"}
    assert status["settings"].items() >= shown.items()
    told = json.loads(await duty.fetchval(SET, "claim_minutes", "25"))
    assert told == {"key": "claim_minutes", "value": "25", "before": "10"}
    await duty.fetchval(SET, "receipt_day", "next")
    status = json.loads(await duty.fetchval("SELECT desk.status()"))
    assert (status["settings"]["claim_minutes"], status["settings"]["receipt_day"]) == ("25", "next")
    number = await people.report()
    await people.do("seat", "claim", number)
    until = (await people.row(number))["claim_until"]
    assert until == datetime.fromisoformat(later(minutes=25))
    await duty.close()


async def test_the_day_of_receipt_moves_the_next_limits_and_none_that_run(people: Cast) -> None:
    running = await people.at("dispatched")
    duty = await people.database.as_person("duty")
    before = (await people.row(running))["handling_due"]
    await duty.fetchval(SET, "receipt_day", "next")
    assert (await people.row(running))["handling_due"] == before
    assert (await people.row(await people.at("dispatched")))["handling_due"] > before
    await duty.close()


async def test_what_is_unknown_or_out_of_bounds_is_named_with_what_would_do(people: Cast) -> None:
    duty = await people.database.as_person("duty")
    code, facts = await refusal(duty, "claim_minuets", "5")
    assert code == "setting_unknown"
    assert facts["known"].startswith("claim_minutes, attachment_bytes, ")
    for key, value, allowed in (
        ("claim_minutes", "0", "1–240"),
        ("claim_minutes", "ten", "1–240"),
        ("attachment_bytes", "99999999999", "100000–52428800"),
        ("receipt_day", "当日", "counts, next"),
        ("prefix", "x", None),
    ):
        code, facts = await refusal(duty, key, value)
        assert code == ("setting_value" if allowed else "setting_unknown")
        assert facts.get("values") == allowed
    await duty.close()


async def test_only_who_administers_all_sets_what_holds_for_all(people: Cast) -> None:
    for login, code in (("boss", "admin_needed"), ("clerk", "all_needed")):
        raw = await people.raw(login)
        for key, value in (("claim_minutes", "5"), ("receipt_day", "next")):
            assert (await refusal(raw, key, value))[0] == code
        await raw.close()
