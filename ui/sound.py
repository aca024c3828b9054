"""Sound: our own tones, a pattern for each priority, played beside the loop by whatever the machine has."""

import importlib
import io
import platform
import wave
from functools import cache
from pathlib import Path
from time import monotonic
from typing import Final

import numpy as np
from PySide6.QtCore import QObject, QProcess, QTemporaryDir, QUrl, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from console.sound import has_multimedia, means, player

RATE: Final = 22_050  # samples a second
# Hertz and seconds, one after the other; 0 Hz is silence. Higher and faster the more urgent it is.
PATTERNS: Final = {
    1: ((988, 0.14), (0, 0.05), (1319, 0.14), (0, 0.05)) * 3,
    2: ((880, 0.16), (0, 0.07), (880, 0.16)),
    3: ((659, 0.22),),
    4: ((523, 0.16),),
}
LEAST_URGENT: Final = 50  # per cent: a volume of nothing does not silence priority 1
RETRY: Final = 60.0  # seconds
EDGE: Final = 0.01  # seconds in which a tone comes and goes, so that it does not click


@cache
def tone(level: int, volume: int) -> bytes:
    """Return the sound of priority ``level`` at ``volume`` per cent as a WAV file (mono, 16 bits)."""
    loud = max(volume, LEAST_URGENT) if level == 1 else volume
    samples = np.concatenate([_part(hertz, seconds) for hertz, seconds in PATTERNS[level]])
    data = io.BytesIO()
    with wave.open(data, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes((samples * loud / 100 * 32767 * 0.8).astype("<i2").tobytes())
    return data.getvalue()


def _part(hertz: float, seconds: float) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    at = np.arange(int(RATE * seconds)) / RATE
    edge = np.minimum(1, np.minimum(at, seconds - at) / EDGE)
    return np.asarray(np.sin(2 * np.pi * hertz * at) * edge)


class Sounder(QObject):
    """Plays tones; ``lost`` when nothing can be heard any more. Never blocks, never raises.

    A lost sound is tried again each minute: a sound server may have started anew, a headset be back.
    """

    lost = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = QTemporaryDir()
        self._playing: QProcess | None = None
        self._effects: dict[Path, QObject] = {}
        self.able = means() is not None and QGuiApplication.platformName() != "offscreen"
        self.fine, self._again = self.able, 0.0

    def play(self, level: int, volume: int) -> None:
        """Sound as priority ``level``; where that cannot be, beep."""
        if not self.fine:
            QApplication.beep()
            if not self.able or monotonic() < self._again:
                return
        path = self._file(level, volume)
        if has_multimedia():
            self._play_effect(path)
        elif platform.system() == "Windows":
            _play_on_windows(path)
        else:
            self._play_by_program(path)

    def _file(self, level: int, volume: int) -> Path:
        path = Path(self._folder.path()) / f"{level}-{volume}.wav"
        if not path.exists():
            path.write_bytes(tone(level, volume))
        return path

    def _play_effect(self, path: Path) -> None:
        multimedia = importlib.import_module("PySide6.QtMultimedia")
        effect = self._effects.get(path)
        if effect is None:
            effect = self._effects[path] = multimedia.QSoundEffect(self)
            effect.setProperty("source", QUrl.fromLocalFile(str(path)))
        effect.metaObject().invokeMethod(effect, "play")

    def _play_by_program(self, path: Path) -> None:
        words = player()
        if words is None or (self._playing and self._playing.state() != QProcess.ProcessState.NotRunning):
            return
        process = self._playing = QProcess(self)
        process.errorOccurred.connect(self._fail)
        process.finished.connect(lambda code, _status: self._fail() if code else self._played(process))
        process.start(words[0], [*words[1:], str(path)])

    def _played(self, process: QProcess) -> None:
        self._playing, self.fine = None, True
        process.deleteLater()

    def _fail(self, *_error: object) -> None:
        self._playing, self._again = None, monotonic() + RETRY
        if self.fine:
            self.fine = False
            self.lost.emit()


def _play_on_windows(path: Path) -> None:
    winsound = importlib.import_module("winsound")
    winsound.PlaySound(str(path), winsound.SND_FILENAME | winsound.SND_ASYNC | winsound.SND_NODEFAULT)
