"""Finding a row by what somebody types: numbers, words, and the pinyin initials of Chinese."""


class _Initials(dict[int, str]):
    """A translation table that learns a character's initial when it first meets it."""

    def __missing__(self, codepoint: int) -> str:
        self[codepoint] = initial = _initial(chr(codepoint))
        return initial


_INITIALS = _Initials()
FIRST_CHINESE = 0x2E80


def initials(text: str) -> str:
    """Return the pinyin initials of ``text``, other characters as they are: 积水 → js."""
    return text.translate(_INITIALS)


def search_key(number: int, *texts: str) -> str:
    """Return the text in which typed words are looked for."""
    said = "\n".join(texts).lower()
    return f"{number}\n{said}\n{initials(said)}"


def words(typed: str) -> list[str]:
    """Return the words of ``typed``; a row must have them all."""
    return typed.lower().split()


def _initial(character: str) -> str:
    if ord(character) < FIRST_CHINESE:
        return character
    from pypinyin import Style, lazy_pinyin  # noqa: PLC0415  its tables cost a third of a second

    return "".join(lazy_pinyin(character, style=Style.FIRST_LETTER))
