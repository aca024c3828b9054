"""The typeface: Chinese must show as Chinese, and digits must stand in columns."""

from importlib.resources import as_file, files

from PySide6.QtGui import QFont, QFontDatabase, QFontMetrics, QGuiApplication

CHINESE = ord("网")
PREFERRED = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Microsoft YaHei UI",
    "PingFang SC",
    "WenQuanYi Micro Hei",
)
BUNDLE = "noto_cjk_sans_otc"
BUNDLED_FILE = "NotoSansCJK-Regular.ttc"


def install() -> str:
    """Return the family to use, "" if none; loads the bundled Noto Sans where the system has no good one.

    What Qt falls back to by itself is the last choice: its digits and Latin come from another typeface.
    Needs a running QGuiApplication.
    """
    family = _first_known()
    if not family:
        _load_bundled()
        family = _first_known()
    if not family and shows_chinese(QGuiApplication.font()):
        family = QGuiApplication.font().family()
    return family


def shows_chinese(font: QFont) -> bool:
    """Tell whether ``font``, with what Qt falls back to, has Chinese characters."""
    return QFontMetrics(font).inFontUcs4(CHINESE)


def tabular(font: QFont) -> QFont:
    """Return ``font`` with digits of one width, so that columns of figures do not dance."""
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


def _first_known() -> str:
    known = set(QFontDatabase.families())
    return next((name for name in PREFERRED if name in known), "")


def _load_bundled() -> None:
    try:
        source = files(BUNDLE) / BUNDLED_FILE
    except ModuleNotFoundError:
        return  # the caller learns it from the empty family, and doctor says how to get the package
    with as_file(source) as path:
        QFontDatabase.addApplicationFont(str(path))
