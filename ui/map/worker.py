"""Work off the UI thread, one job at a time; of those that wait only the newest is done."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

from PySide6.QtCore import QObject, Signal


class Latest(QObject):
    """Asks come from the UI thread, answers go back to it, in the order of asking."""

    done = Signal(object)
    failed = Signal(object)
    _ended = Signal(object)

    def __init__(self, owner: QObject) -> None:
        super().__init__(owner)
        self._pool = ThreadPoolExecutor(1, "map")
        self._waiting: Callable[[], object] | None = None
        self._busy = False
        self._ended.connect(self._answer)
        owner.destroyed.connect(lambda: self._pool.shutdown(cancel_futures=True))

    @property
    def busy(self) -> bool:
        """Tell whether a job runs or waits."""
        return self._busy

    def ask(self, job: Callable[[], object]) -> None:
        """Do ``job`` next; a job that still waits is forgotten."""
        self._waiting = job
        if not self._busy:
            self._begin()

    def _begin(self) -> None:
        job, self._waiting = self._waiting, None
        self._busy = job is not None
        if job is not None:
            self._pool.submit(job).add_done_callback(self._ended.emit)

    def _answer(self, ended: "Future[object]") -> None:
        if ended.cancelled():  # the owner went before the job began
            return
        self._begin()
        error = ended.exception()
        if error is None:
            self.done.emit(ended.result())
        else:
            self.failed.emit(error)
