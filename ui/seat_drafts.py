"""What is typed in a form is on disk a moment later, so that a console that is killed loses none of it."""

from PySide6.QtCore import QObject, QTimer

from ui.dialogs.form import Form

PAUSE = 300  # milliseconds without a key


class DraftKeeper(QObject):
    """Keeps the draft of ``form`` while it is open; after that, the form does."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(form.keep)
        for field in form.fields.values():
            field.edited.connect(self._pause.start)
        form.finished.connect(self._pause.stop)
