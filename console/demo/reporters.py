"""People who report: invented names, numbers of nobody."""

from dataclasses import dataclass

from console.demo import material
from console.demo.dice import Dice
from console.demo.people import names


@dataclass(frozen=True)
class Reporters:
    """Invented names for people who report; telephone numbers that no subscriber has."""

    names: tuple[str, ...]

    @classmethod
    def invent(cls, seed: int, count: int = 600) -> "Reporters":
        """Return ``count`` people."""
        source = names(seed + 1)
        return cls(tuple(next(source) for _ in range(count)))

    def one(self, dice: Dice) -> dict[str, str]:
        """Return name and telephone number of one, or nothing: most stay unnamed."""
        if dice.fraction() >= material.share("named"):
            return {}
        n = dice.below(len(self.names))
        return {"reporter": self.names[n], "phone": f"199-0000-{5000 + n}"}
