"""The drafts of the forms that are open: on disk a moment after the last key."""

from PySide6.QtCore import QObject

from ui.dialogs.form import Form
from ui.pausing import pausing


class DraftKeeper(QObject):
    """Keeps the draft of ``form`` while it is open; after that, the form does."""

    def __init__(self, form: Form) -> None:
        super().__init__(form)
        self._pause = pausing(form.keep, form)
        for field in form.fields.values():
            field.edited.connect(self._pause.start)
        form.finished.connect(self._pause.stop)
