"""Python's search for garbage in circles: among what comes and goes, not in all that a window stands on.

One whole search through a seat's 350,000 objects holds the window for a fifth of a second and more, several
times a minute; through what has come since, it is not felt.
"""

import gc


def spare() -> None:
    """Leave what stands by now out of every search, once what was left out before has been looked through."""
    if gc.get_freeze_count():  # somebody else sat here, whose pages have gone
        gc.unfreeze()
        gc.collect()
    gc.freeze()
