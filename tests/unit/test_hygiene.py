"""Every text that enters: refused, cleaned or kept."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from console.errors import BadInput
from console.intake.hygiene import MARKS, clean, demand, excerpt
from console.intake.persons import phone

ANY_TEXT = st.text(st.characters() | st.sampled_from("\0\u202e\u200d\ufe0f\u0301\u0344\ud800\r\n\t 👨🏽村e"))


@pytest.mark.parametrize(
    ("dirty", "kept"),
    [
        ("  商贩占道\r\n经营 ", "商贩占道 经营"),
        ("左\u202e右\u2066间\u200b隔\ufeff", "左右间隔"),
        ("响\x07铃\x1b[31m红\x85行", "响铃[31m红 行"),
        ("e\u0301", "\u00e9"),
        ("家庭👨\u200d👩\u200d👧 爱❤\ufe0f", "家庭👨\u200d👩\u200d👧 爱❤\ufe0f"),
        ("a\u200db\u200d", "ab"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("<b>粗</b>&amp;<script>", "<b>粗</b>&amp;<script>"),
        ("\u3000全角空格\u3000", "全角空格"),
        ("\ufffe\U0001ffff\ufdd0旧字\ue000", "旧字\ue000"),
    ],
)
def test_a_title_keeps_what_can_be_read(dirty: str, kept: str) -> None:
    assert clean(dirty, "title") == kept


def test_a_note_keeps_its_lines_and_a_title_does_not() -> None:
    assert clean("一\r\n二\r三\t四\u2028五\n", "note") == "一\n二\n三\t四\n五"
    assert clean("一\r\n二\r三\t四\u2028五\n", "title") == "一 二 三 四 五"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("一\0二", "text_nul"),
        ("坏\ud800字", "text_surrogate"),
        ("长" * 201, "text_too_long"),
        ("M" * 5_000_000, "text_too_long"),
        ("\u200b" * 5_000_000, "text_too_long"),
        ("e" + "\u0301\u0316" * 2_000_000, "text_too_long"),
    ],
)
def test_what_cannot_be_kept_is_refused_in_a_sentence(text: str, code: str) -> None:
    with pytest.raises(BadInput) as refusal:
        clean(text, "title")
    assert refusal.value.code == code
    assert refusal.value.facts["field"] == "title"
    assert "标题" in refusal.value.sentence


def test_the_limit_counts_what_is_kept_not_what_was_sent() -> None:
    assert clean("  " + "字" * 200 + "\u200b\u200b \n", "title") == "字" * 200
    assert clean("字" * 12, "anything", 12) == "字" * 12


def test_piles_of_marks_are_cut() -> None:
    assert clean("z" + "\u0336" * 200, "title") == "z" + "\u0336" * MARKS


def test_demanded_text_may_not_be_empty() -> None:
    assert demand(" 理由 ", "reason") == "理由"
    with pytest.raises(BadInput, match="缺少理由"):
        demand("\u200b \n", "reason")


@settings(max_examples=300)
@given(ANY_TEXT, st.sampled_from(["title", "note", "name", "unheard-of"]))
@example("\u0344" * 9, "title")
@example("\U0001d15e\u200d\U0001f600", "note")
def test_cleaning_never_fails_otherwise_and_settles_at_once(text: str, field: str) -> None:
    try:
        once = clean(text, field, 60)
    except BadInput:
        return
    assert clean(once, field, 60) == once
    assert len(once) <= 60
    assert "\0" not in once
    assert once.encode().decode() == once
    assert unicodedata.is_normalized("NFC", once)
    assert not any(0x202A <= ord(c) <= 0x202E or 0x2066 <= ord(c) <= 0x2069 for c in once)


def test_no_emoji_changes_under_normalisation() -> None:
    """What the rule about joiners relies on: its neighbours stay what they are."""
    emoji = [*range(0x2600, 0x27C0), *range(0x1F000, 0x1FB00)]
    assert all(unicodedata.is_normalized("NFC", chr(point)) for point in emoji)


@given(ANY_TEXT)
def test_an_excerpt_can_always_be_shown(text: str) -> None:
    assert excerpt(text).isprintable()
    assert len(excerpt(text)) <= 41


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("138 1234 2751", "13812342751"),
        ("+86-138-1234-2751", "13812342751"),
        ("0086 13812342751", "13812342751"),
        ("１３８１２３４２７５１", "13812342751"),
        ("0311-88021234", "0311-88021234"),
        ("（0311）8802 1234", "0311-88021234"),
        ("0311-88021234-801", "0311-88021234转801"),
        ("0311 88021234 转 801", "0311-88021234转801"),
        ("010-62345678", "010-62345678"),
        ("88021234", "88021234"),
        ("12345", "12345"),
        ("400-123-4567", "4001234567"),
        ("+852 9123 4567", "+85291234567"),
        ("  ", ""),
    ],
)
def test_telephone_numbers_take_one_form(written: str, kept: str) -> None:
    assert phone(written) == kept
    assert phone(kept) == kept


@pytest.mark.parametrize(
    "written", ["无", "1381234275", "138123427511", "电话13812342751", "0000000", "=1+1", "转8"]
)
def test_other_numbers_are_refused(written: str) -> None:
    with pytest.raises(BadInput) as refusal:
        phone(written)
    assert refusal.value.code == "phone_invalid"


@settings(max_examples=200)
@given(st.text("0123456789+-() 转x#１", max_size=24) | ANY_TEXT)
def test_any_number_is_normal_or_refused(written: str) -> None:
    try:
        once = phone(written)
    except BadInput:
        return
    assert phone(once) == once
