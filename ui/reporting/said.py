"""The field to start in: what the caller says, as it is said."""

from console.language import say
from console.workflow import Option
from ui.dialogs.written import TextField

HEIGHT = 76  # pixels: three lines


class SaidField(TextField):
    """Several lines; Ctrl+Enter goes on, Tab leaves."""

    def __init__(self, option: Option) -> None:
        super().__init__("report", option, height=HEIGHT)
        self.setMinimumHeight(HEIGHT)
        self.edit.setPlaceholderText(say("report.said_hint"))
        self.edit.setAccessibleName(say("report.said"))

    def warn(self, *, urgent: bool) -> None:
        """Show that what is written is urgent."""
        if bool(self.edit.property("wrong")) != urgent:
            self.edit.setProperty("wrong", urgent)
            self.edit.style().unpolish(self.edit)
            self.edit.style().polish(self.edit)
