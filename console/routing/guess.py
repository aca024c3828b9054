"""Guess the class of a report from its words, and say which words spoke for it."""

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

MOST: Final = 400  # characters of a text that are read: the matter is told first
NAME: Final = 1.5  # the class's own name counts so much more than a word about it
URGENT: Final = 2.0  # a fire is told beside the kitchen where it broke out
SHORT: Final = 2  # letters that a word counts for at least: 偷 says as much as 小偷
CLEAR: Final = 1.15  # the best must count so many times as much as the next of another class


class Named(Protocol):
    """A class of the catalogue with its words."""

    @property
    def code(self) -> str: ...  # noqa: D102  group/name
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def priority(self) -> int: ...  # noqa: D102
    @property
    def words(self) -> Sequence[str]: ...  # noqa: D102  other names and keywords


@dataclass(frozen=True, slots=True)
class Guess:
    """A class; ``score`` is its share of all that was heard (0…1), ``words`` those that spoke for it."""

    code: str
    score: float
    words: tuple[str, ...]


class Guesser:
    """The words of one catalogue, rarer and longer ones counting more."""

    def __init__(self, classes: Iterable[Named]) -> None:
        self._speaks: defaultdict[str, dict[str, float]] = defaultdict(dict)  # word: code: weight
        known = list(classes)
        for one in known:
            for word in {*one.words, one.name}:
                if word.strip():
                    weight = (NAME if word == one.name else 1) * (URGENT if one.priority == 1 else 1)
                    self._speaks[word.strip().casefold()][one.code] = weight
        self._rarity = {
            word: max(len(word), SHORT) * math.log(1 + len(known) / len(codes))
            for word, codes in self._speaks.items()
        }

    def guess(self, text: str) -> list[Guess]:
        """Return the ranked classes, best first; none where nothing is heard or two are as likely."""
        found = self.ranked(text)
        return found if len(found) < 2 or found[0].score >= CLEAR * found[1].score else []  # noqa: PLR2004  a pair

    def ranked(self, text: str) -> list[Guess]:
        """Return every class that a word speaks for, best first, however close they are."""
        heard = self._heard(text[:MOST].casefold())
        scores: defaultdict[str, float] = defaultdict(float)
        words: defaultdict[str, list[str]] = defaultdict(list)
        for word in heard:
            for code, weight in self._speaks[word].items():
                scores[code] += weight * self._rarity[word]
                words[code].append(word)
        total = sum(scores.values())
        ranked = sorted(scores, key=lambda code: (-scores[code], code))
        return [Guess(code, scores[code] / total, tuple(words[code])) for code in ranked]

    def _heard(self, text: str) -> list[str]:
        """Return the words in ``text`` that no longer one covers, in the order in which they are said."""
        spans = [(text.find(word), word) for word in self._speaks if word in text]
        return [
            word
            for start, word in sorted(spans)
            if not any(
                word != other and word in other and text.count(word) == text.count(other)
                for _, other in spans
            )
        ]
