"""Whether the map follows what is selected, said on the map, with the key that changes it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from console.language import say
from ui.language import language
from ui.map import keys
from ui.map.canvas import Canvas

EDGE = 10  # pixels from the map's corner


class FollowPill(QPushButton):
    """Stands in the map's upper left corner; a click is for whoever made it."""

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._camera = canvas.camera
        self.setProperty("role", "chip")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its key is nearer than Tab
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setCheckable(True)
        self.move(EDGE, EDGE)
        canvas.camera.stance.connect(self._tell)
        self.toggled.connect(self._tell)
        language.follow(self, self._tell)

    def _tell(self) -> None:
        """Say how the map stands; nothing else decides whether it looks pressed."""
        camera = self._camera
        stance = "missed" if camera.missed else "following" if camera.following else "still"
        self.setChecked(camera.following)
        self.setText(f"{say(f'hand.stance.{stance}')}  {keys.COMMANDS['follow']}")
        self.setToolTip(say(f"hand.stance.{stance}_tip", key=keys.COMMANDS["follow"]))
        self.adjustSize()
