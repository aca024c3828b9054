"""Work beside the screen ends with the map that asked for it."""

from threading import Event

import pytest
from PySide6.QtCore import QObject
from shiboken6 import delete

from ui.map.worker import Latest


@pytest.mark.usefixtures("dressed")
def test_a_job_that_never_began_goes_with_its_owner() -> None:
    owner, gate = QObject(), Event()
    worker = Latest(owner)
    worker._ended.connect(lambda _job: gate.set())
    worker._pool.submit(gate.wait)  # the only hand is full until the job is called off
    worker.ask(lambda: None)
    delete(owner)  # what fails in here would fail the test
    assert gate.is_set()
