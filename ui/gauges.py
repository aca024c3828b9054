"""What the window's frame shows of a seat as time passes: counters, age of the data, clock, what stands."""

from collections import Counter
from typing import TYPE_CHECKING

from ui.data_age import health
from ui.dispatch.alerts import counts_in_words
from ui.dispatch.banner import Banner
from ui.lock import Lock
from ui.moments import local
from ui.topbar import TopBar

if TYPE_CHECKING:
    from ui.pages import Pages
    from ui.seat import Seat


class Gauges:
    """Reads seat and pages, and shows it on the bar, the banner and the lock."""

    def __init__(self, top: TopBar, banner: Banner, lock: Lock) -> None:
        self._top, self._banner, self._lock = top, banner, lock

    def show(self, seat: "Seat", pages: "Pages") -> bool:
        """Show how all stands now; tell whether that is known."""
        age, now = seat.bridge.age(), seat.bridge.now()
        found = health(seat.bridge.link.name, age)
        self._top.age.show_age(found, age or 0.0)
        known = age is not None
        at = f"{local(now - (age or 0.0)):%H:%M:%S}" if known else ""
        self._banner.show_health(found, age or 0.0, at, *pages.outage.counts)
        self._top.show_time(now if known else None)
        self._top.show_counts(pages.counts() if known else None)
        self._top.show_filters(pages.filters())
        self._top.show_unread(pages.doing.unread, pages.doing.waiting)
        self._top.fit()
        pages.show_health(found)
        return known

    def show_alerts(self, pages: "Pages") -> int:
        """Show at the bell and on the lock what stands; return the number of cases concerned."""
        if pages.alerts.watch is None:
            return 0
        standing = pages.alerts.watch.standing
        self._top.bell.show_alerts(standing, pages.alerts.note)
        self._top.bell.blink()
        self._top.bell.show()
        self._lock.show_alarms(counts_in_words(Counter(key.kind for key in standing)))
        return len({key.number for key in standing})
