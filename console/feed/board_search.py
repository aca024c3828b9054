"""What somebody types to find a row: numbers, words, and the pinyin initials of Chinese."""

import json
from functools import cache
from importlib.metadata import distribution
from pathlib import Path
from unicodedata import normalize

import numpy as np
from numpy.typing import NDArray

FIRST_CHINESE = 0x2E80
LETTERS = 0x100  # below this a character is its own initial
OTHER = 1  # stands where there is no letter


def words(typed: str) -> list[str]:
    """Return the words of ``typed``; a row must have them all."""
    return typed.lower().split()


def numbers_with(numbers: NDArray[np.int64], word: str) -> NDArray[np.bool_]:
    """Tell for each of ``numbers`` whether the digits of ``word`` stand in it."""
    found = np.zeros(len(numbers), np.bool_)
    size, rest = len(word), numbers
    while rest.size and rest.max() >= 10 ** (size - 1):
        found |= (rest % 10**size == int(word)) & (rest >= 10 ** (size - 1))
        rest = rest // 10
    return found


def initials(text: str) -> str:
    """Return the pinyin initials of ``text``, other characters as they are: 积水 → js."""
    return "".join(map(_initial, text))


def letters(codes: NDArray[np.uint32]) -> NDArray[np.uint8]:
    """Return the initials of code points that are letters or other signs below LETTERS, else OTHER."""
    return _table().take(codes, mode="clip")


def _initial(character: str) -> str:
    code = ord(character)
    letter = OTHER if code < FIRST_CHINESE else int(_table().take(code, mode="clip"))
    return character if letter == OTHER else chr(letter)


@cache
def _table() -> NDArray[np.uint8]:
    """Return the letter of each code point; the last one stands for all beyond.

    Read from pypinyin's characters alone: importing it with its phrases takes five times the memory.
    """
    file = Path(str(distribution("pypinyin").locate_file("pypinyin/pinyin_dict.json")))
    sounds = {int(code): said for code, said in json.loads(file.read_text(encoding="utf-8")).items()}
    table = np.full(max(sounds) + 2, OTHER, np.uint8)
    table[:LETTERS] = np.arange(LETTERS)
    for code, said in sounds.items():
        table[code] = ord(normalize("NFD", said[0])[0])
    return table
