"""The theme's colours as the map's table wants them."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from console.geography.classes import SHADES
from console.geography.paint import Lines
from ui.map.ground import Look
from ui.theme import theme

STEPS = tuple(f"choropleth{shade}" for shade in range(SHADES))


def look(shades: NDArray[np.int64], roles: Sequence[str] = STEPS, *, over: bool = False) -> Look:
    """Return the look of grids of these shades, -1 for unknown values; ``over`` lets a base map through."""
    steps = [theme.color(role).rgb() for role in roles]
    faces = np.array([*steps, theme.color("raised").rgb()], np.uint32)[shades]
    nowhere, overlap, outline = (theme.color(role).rgb() for role in ("panel", "near", "text2"))
    if over:
        nowhere = 0
        faces = faces & np.uint32(0xFFFFFF) | np.uint32(theme.color("base_face").alpha() << 24)
    return Look(faces, Lines(nowhere, _border(), overlap, outline))


def _border() -> int:
    """Return the surface that stands out most from the palest shade: dark on dark, white on light."""
    palest = theme.color("choropleth0").lightnessF()
    surfaces = [theme.color(role) for role in ("window", "panel")]
    return max(surfaces, key=lambda surface: abs(surface.lightnessF() - palest)).rgb()
