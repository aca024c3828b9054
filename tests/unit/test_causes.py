"""Why the system could not do something is told in the language that is spoken."""

import errno
import os
import socket
import ssl

import asyncpg
import pytest

from console import language
from console.causes import cause
from console.database.faults import translated
from console.errors import OutOfReach

TOLD = (
    (OSError(errno.ENOENT, os.strerror(errno.ENOENT)), "文件夹或文件不存在"),
    (OSError(errno.EACCES, ""), "没有权限"),
    (OSError(errno.ENOSPC, ""), "磁盘已满"),
    (TimeoutError(), "等了太久没有回答"),
    (socket.gaierror(-2, "Name or service not known"), "找不到这个主机名"),
    (OSError("Multiple exceptions: [Errno 111] Connect call failed, [Errno 99] other"), "对方没有开启服务"),
    (ssl.SSLCertVerificationError(1, "self-signed certificate"), "self-signed certificate"),
    (OSError(errno.EXDEV, "Cross-device link"), "Cross-device link"),
    (ValueError("embedded null byte"), "有不能使用的字符"),
    (RuntimeError(), "RuntimeError"),
)


@pytest.mark.parametrize(("error", "words"), TOLD)
def test_a_cause_is_told_in_the_spoken_language(error: Exception, words: str) -> None:
    assert words in cause(error)


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (TimeoutError(), "等了太久没有回答"),
        (asyncpg.exceptions.CannotConnectNowError("starting up"), "正在启动"),
        (asyncpg.exceptions.AdminShutdownError("terminating"), "正在停止"),
        (asyncpg.ConnectionDoesNotExistError("closed"), "连接中断"),
    ],
)
def test_a_lost_database_says_why(error: Exception, words: str) -> None:
    with pytest.raises(OutOfReach, match=words) as lost, translated():
        raise error
    assert lost.value.code == "database_lost"


def test_in_english_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(language, "_current", "en")
    assert cause(PermissionError(errno.EACCES, "x")) == "access is denied"
