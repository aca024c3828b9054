"""Messages, handovers and the load of seats from the command line."""

import uuid
from datetime import datetime

from tests.journeys.command_line import Line

SEAT, BOSS = ("--as", "县坐席"), ("--as", "县值班长")


def test_a_shift_is_handed_over_and_signed(line: Line) -> None:
    number = line.report("--centre", "130123")
    line.ask(*SEAT, "incident", "claim", str(number))
    call = ("call", str(number), "--text", "稍后答复", "--callback", "2026-11-20T15:00+08:00")
    assert line.ask(*SEAT, "incident", *call).code == 0
    case = line.ask("incident", "show", str(number)).document
    assert (case["callback"]["at"], case["callback"]["login"]) == ("2026-11-20T15:00:00+08:00", "县坐席")
    assert [one["number"] for one in line.ask("incident", "list", "--callback").document["incidents"]] == [
        number
    ]
    assert line.ask("incident", "list", "--urged").document["incidents"] == []
    line.ask(*SEAT, "incident", "remind", str(number))
    (urged,) = line.ask("incident", "list", "--urged").document["incidents"]
    assert (urged["urged"], urged["callback"]) == ("2026-11-20T10:00:00+08:00", "2026-11-20T15:00:00+08:00")
    lists = line.ask(*SEAT, "handover", "show").document["lists"]
    assert {key: one["total"] for key, one in lists.items()}.items() >= {"claims": 1, "callbacks": 1}.items()
    assert "约定回电（1）" in line.run(*SEAT, "handover", "show").out
    command = str(uuid.uuid4())
    words = ("handover", "give", "--to", "县值班长", "--note", "请按时回电", "--command-id", command)
    given = line.ask(*SEAT, *words).document
    assert line.ask(*SEAT, *words).document == given
    assert (given["to"], given["note"], given["command"]) == ("县值班长", "请按时回电", command)
    assert line.ask(*SEAT, "handover", "sign", str(given["id"])).error == "handover_not_yours"
    signed = line.ask(*BOSS, "handover", "sign", str(given["id"])).document
    assert (signed["taken"], signed["left"]) == ([number], [])
    assert datetime.fromisoformat(signed["signed_at"]).isoformat() == "2026-11-20T10:00:00+08:00"
    assert line.ask(*BOSS, "handover", "sign", str(given["id"])).error == "handover_signed"
    found = line.ask(*BOSS, "handover", "list").document
    assert (found["count"], found["handovers"][0]["intact"]) == (1, True)
    assert "随第" in line.run("incident", "timeline", str(number)).out
    assert "请按时回电" in line.run(*BOSS, "handover", "list").out
    mine = line.ask(*BOSS, "seats").document["seats"]
    assert next(seat for seat in mine if seat["login"] == "县值班长")["claims"] >= 1
    assert "在手" in line.run("seats").out


def test_a_message_is_sent_once_listed_and_read(line: Line) -> None:
    command = str(uuid.uuid4())
    words = ("message", "send", "--to", "县值班长", "--text", "请看督办件", "--command-id", command)
    sent = line.ask(*SEAT, *words).document
    assert line.ask(*SEAT, *words).document == sent
    (heard,) = line.ask(*BOSS, "message", "list").document["messages"]
    assert (heard["text"], heard["from"], heard["read_at"]) == ("请看督办件", "县坐席", None)
    assert "请看督办件" in line.run(*BOSS, "message", "list").out
    assert line.ask(*BOSS, "message", "read", str(heard["id"])).document == {"read": [heard["id"]]}
    assert line.ask(*SEAT, "message", "list").document["messages"][0]["read_at"].endswith("+08:00")
    assert line.run(*SEAT, "message", "send", "--all", "--text", "开会").out.startswith("消息")
    assert "没有消息" in line.run("--as", "镇坐席", "message", "list").out
    assert line.ask(*SEAT, "message", "send", "--to", "城管员", "--text", "在吗").error == "no_such_person"
    assert line.ask("--as", "城管员", "message", "list").error == "seats_only"
    assert line.ask(*SEAT, "message", "send", "--text", "给谁").error == "usage"
