"""From figures to shades: whole steps that a legend can state in a few words."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.float64]

SHADES = 6
_ROUND = (1.0, 2.0, 5.0, 10.0)


@dataclass(frozen=True)
class Classes:
    """Shade 0 is nothing at all; shade n covers what is above ``(n - 1) * step`` up to ``n * step``."""

    step: float

    def shade(self, values: Numbers) -> NDArray[np.int64]:
        """Return (n,) shades from 0 to SHADES - 1; -1 where a value is not known (NaN)."""
        steps = np.ceil(np.nan_to_num(values, nan=0.0) / self.step)
        return np.where(np.isnan(values), -1, np.clip(steps, 0, SHADES - 1)).astype(np.int64)

    def names(self) -> list[str]:
        """Return what each shade covers, in whole numbers: 0, 1, 2 … 5+, or 0, 1-5, 6-10 … 21+."""
        step = int(self.step)
        starts = [(shade - 1) * step + 1 for shade in range(1, SHADES)]
        spans = [f"{start}" if step == 1 else f"{start}-{start + step - 1}" for start in starts[:-1]]
        return ["0", *spans, f"{starts[-1]}+"]


def classes(values: Numbers) -> Classes:
    """Return steps such that all but the highest few values stand apart; for counts never below one."""
    known = values[~np.isnan(values)]
    high = float(np.quantile(known, 0.99)) if len(known) else 0.0
    wanted = max(high / (SHADES - 1), 1.0)
    size = 10.0 ** np.floor(np.log10(wanted))
    return Classes(float(next(size * unit for unit in _ROUND if size * unit >= wanted)))
