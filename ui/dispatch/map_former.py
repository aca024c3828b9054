"""The border that the open case's grid had when the case was recorded, where it has another one since."""

import numpy as np
import shapely
from PySide6.QtCore import QObject

from console.errors import Problem
from console.geography import topology
from console.geography.projection import shapes_to_plane
from ui.casefile import CaseFile
from ui.language import language
from ui.map.former import Former
from ui.map.widget import MapView
from ui.seat import Seat
from ui.tasks import tasks

Version = tuple[str, int]  # code and version of a grid


class MapFormer(QObject):
    """Shows on ``view`` what the file of a case tells; ``border`` paints it."""

    def __init__(self, seat: Seat, view: MapView) -> None:
        super().__init__(view)
        self._seat, self.border = seat, Former(view)
        self._wanted: Version | None = None
        language.follow(self, self.border.retell)

    def show_file(self, file: CaseFile | None) -> None:
        """Show the border that the case's grid had, if it has another one now."""
        then = file.incident.get("grid_then") if file is not None else None
        wanted = (
            (str(file.incident["grid_code"]), int(then["version"])) if file is not None and then else None
        )
        if wanted == self._wanted:
            return
        self._wanted = wanted
        self.border.show(None)
        if wanted is not None:
            tasks.start(self._read(wanted), "the border that a grid had")

    async def _read(self, wanted: Version) -> None:
        try:
            outline = await self._seat.console.reads.around.grid_outline(*wanted)
        except Problem as problem:
            self._seat.notices.say(problem.sentence)
            return
        if outline and wanted == self._wanted:
            self.border.show(_in_plane(outline))


def _in_plane(outline: bytes) -> shapely.Geometry | None:
    """Return an outline in metres of the plane, None where it is none."""
    shapes, unreadable = topology.read([outline])
    return None if len(unreadable) else shapes_to_plane(np.asarray(shapes, object))[0]
