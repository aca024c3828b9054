"""Whether a figure reaches what it is to reach."""

from console.indicators.figures import Figure
from console.indicators.indicator import Direction, Indicator
from console.indicators.words import figure_text, percent
from console.language import say


def reaches(indicator: Indicator, figure: Figure, target: float) -> bool:
    """Tell whether ``figure`` is at least, or where less is better at most, ``target``."""
    if figure.value is None:
        return False
    return figure.value <= target if indicator.direction is Direction.DOWN else figure.value >= target


def target_text(indicator: Indicator, figure: Figure, target: float) -> str:
    """Return what ``figure`` is to reach, and whether it does."""
    less = "less_" * (indicator.direction is Direction.DOWN)
    return say(
        f"bulletins.target_{less}{'met' if reaches(indicator, figure, target) else 'missed'}",
        figure=indicator.name,
        target=percent(target),
        value=figure_text(indicator, figure),
    )
