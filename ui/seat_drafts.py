"""What is typed in a form is on disk a moment later, so that a console that is killed loses none of it."""

from PySide6.QtCore import QObject, QTimer

from console.desk.drafts import Drafts
from ui.dialogs.form import Form

PAUSE = 300  # milliseconds without a key


class DraftKeeper(QObject):
    """Keeps the draft of ``form`` in ``drafts`` while it is open; after that, the form does."""

    def __init__(self, form: Form, drafts: Drafts) -> None:
        super().__init__(form)
        self._form, self._drafts = form, drafts
        self._pause = QTimer(self, interval=PAUSE, singleShot=True)
        self._pause.timeout.connect(self._keep)
        for field in form.fields.values():
            field.edited.connect(self._pause.start)
        form.finished.connect(self._pause.stop)

    def _keep(self) -> None:
        kept = {name: field.draft() for name, field in self._form.fields.items() if field.draft()}
        key = (self._form.action, self._form.number)
        if kept:
            self._drafts[key] = kept
        else:
            self._drafts.pop(key, None)
