"""A bulletin as an XLSX workbook, with charts that stay charts: the same bulletin gives the same bytes."""

from typing import Any, Final

from console.bulletins import sentences, words
from console.bulletins.book import DAYS, FORMATS, HOURS, POINTS, WIDTHS, Book, Sheet
from console.bulletins.bulletin import Bulletin
from console.indicators import words as indicator_words
from console.indicators.figures import BoardFigures, Series
from console.indicators.indicator import Indicator, Kind, board_name, indicators
from console.indicators.places import placed
from console.indicators.standing import Standing
from console.language import say
from console.spoken import CHINA

COUNT: Final = FORMATS[Kind.COUNT]
RATE: Final = FORMATS[Kind.RATE]
MINUTES: Final = 1440  # a day
FIGURES: Final = ("name", "unit", "value", "hits", "of_all", "before", "change", "formula")
RANKS: Final = ("place", "organisation", "code", "value", "hits", "of_all")
SCORES: Final = ("place", "unit", "score", "grade", "due")
CHARTED: Final = 31  # marks of a chart; all of them are in the cells
NAME: Final = 60  # characters of a name at the foot of a page
CHARTS_AT: Final = 4  # the column where charts begin
CHART_ROWS: Final = 15  # that a chart takes


def workbook(bulletin: Bulletin) -> bytes:
    """Return the workbook: a cover, of each board its figures, charts and ranking, the scores."""
    facts = {
        "title": words.title(bulletin),
        "subject": words.number(bulletin),
        "author": bulletin.organisation,
        "comments": bulletin.digest,
        "created": bulletin.issued_at.replace(tzinfo=None),
    }
    foot = " ".join([words.number(bulletin), bulletin.organisation[:NAME], words.period(bulletin)])
    book = Book(facts, foot)
    _cover(book, bulletin)
    for key, board in bulletin.boards.items():
        _figures(book, bulletin, key)
        _charts(book, board)
        _ranking(book, board)
    for peers in bulletin.scores:
        if peers.units:
            _scores(book, peers)
    return book.bytes


def _cover(book: Book, bulletin: Bulletin) -> None:
    sheet = book.sheet("cover", say("bulletins.part.summary"))
    sheet.raw.hide_gridlines(2)
    sheet.say(0, 0, words.title(bulletin), "title")
    lines = [
        words.number(bulletin),
        words.stretch(bulletin),
        words.issued(bulletin),
        words.as_of(bulletin),
    ]
    lines += ["", *sentences.summary(bulletin)]
    if bulletin.comment:
        lines += ["", say("bulletins.part.comment"), *words.comment(bulletin)]
    lines += ["", say("bulletins.digest", digest=bulletin.digest)]
    for line, text in enumerate(lines, 1):
        sheet.say(line, 0, text, "wrapped")


def _figures(book: Book, bulletin: Bulletin, key: str) -> None:
    sheet = book.sheet("figures", board_name(key), held=1)
    sheet.heading([say(f"bulletins.column.{name}") for name in FIGURES])
    for line, (indicator, figure) in enumerate(bulletin.board(key), 1):
        form, none = FORMATS[indicator.kind], indicator_words.figure_text(indicator, figure)
        sheet.say(line, 0, indicator.name)
        sheet.say(line, 1, indicator.unit)
        sheet.count(line, 2, _told(indicator, figure.value), form, none)
        sheet.count(line, 3, figure.numerator, COUNT)
        sheet.count(line, 4, figure.denominator, COUNT)
        sheet.count(line, 5, _told(indicator, figure.before), form)
        sheet.say(line, 6, words.changes(bulletin, indicator, figure)[0], "wrapped")
        sheet.say(line, 7, indicator.formula, "wrapped")


def _told(indicator: Indicator, value: float | None) -> float | None:
    """Return a value as a cell has it: a length of time in days, by the minutes in which it is told."""
    if value is None or indicator.kind is not Kind.SPAN:
        return value
    return max(round(value / 60), 1) / MINUTES


def _charts(book: Book, board: BoardFigures) -> None:
    """Write what the charts of a board show, each chart beside its numbers, on pages of their own."""
    shown = [series for series in board.series if series.lines and series.kind != "week"]
    if not shown:
        return
    sheet = book.sheet("charts", say("bulletins.part.charts", board=board_name(board.board)))
    starts, line = [], 0
    for series in shown:
        starts.append(line)
        line = _series(sheet, board, series, line) + 2
    sheet.tear(starts[1:])


def _series(sheet: Sheet, board: BoardFigures, series: Series, line: int) -> int:
    """Write a chart's numbers from ``line`` on and the chart; return the last line that it takes."""
    sheet.heading(
        [words.series_name(series.key), *(words.line_name(series, one) for one in series.lines)], line
    )
    marks = _marks(sheet, board, series, line + 1)
    if not marks:
        sheet.say(line + 1, 0, say("boards.none"))
        return line + 1
    form = RATE if words.in_percent(series) else COUNT
    for column, one in enumerate(series.lines, 1):
        for row, value in enumerate(one.sound[:marks], line + 1):
            if value is not None:  # a text would be drawn as none at all, a blank is a gap
                sheet.count(row, column, value, form)
    told = words.chart_notes(series, 0)
    if told:
        sheet.say(line + marks + 1, 0, " ".join(told), "wrapped")
    _chart(sheet, board, series, (line, line + min(marks, CHARTED)), form)
    return line + max(marks + bool(told), CHART_ROWS)


def _chart(sheet: Sheet, board: BoardFigures, series: Series, lines: tuple[int, int], form: str) -> None:
    over_time = series.kind == "trend"
    chart = sheet.chart("line" if over_time else "column", words.series_name(series.key), (640, 300))
    for column in range(1, len(series.lines) + 1):
        sheet.add(chart, lines, column, dots=over_time)
    chart.set_legend({"position": "bottom"})
    chart.set_x_axis({"text_axis": True, "num_format": _steps(board)})
    chart.set_y_axis(_axis(form))
    sheet.raw.insert_chart(lines[0], CHARTS_AT, chart)


def _marks(sheet: Sheet, board: BoardFigures, series: Series, line: int) -> int:
    """Write what stands on a chart's axis, of a trend its instants; return how many there are."""
    if series.kind == "trend" and not series.marks:
        for row, at in enumerate(board.edges[:-1], line):
            sheet.instant(row, 0, at.astimezone(CHINA), _steps(board))
        return len(board.edges) - 1
    labels = words.mark_labels(board, series)
    for row, label in enumerate(labels, line):
        sheet.say(row, 0, label)
    return len(labels)


def _ranking(book: Book, board: BoardFigures) -> None:
    indicator = indicators().get(board.ranking.figure)
    if indicator is None or not board.ranking.rows:
        return
    titled, form = say("boards.ranked_by", figure=indicator.name), FORMATS[indicator.kind]
    sheet = book.sheet("ranking", f"{board_name(board.board)} {titled}", held=2)
    sheet.heading([say(f"bulletins.column.{name}") for name in RANKS])
    for line, (place, row) in enumerate(placed(board), 1):
        sheet.count(line, 0, place, COUNT)
        sheet.say(line, 1, row.name)
        sheet.say(line, 2, row.code)
        sheet.count(line, 3, row.value, form)
        sheet.count(line, 4, row.numerator, COUNT)
        sheet.count(line, 5, row.denominator, COUNT)
    rows = min(len(board.ranking.rows), CHARTED)
    chart = sheet.chart("bar", titled, (560, max(240, 24 * rows)))
    sheet.add(chart, (0, rows), 3, names=1)
    chart.set_legend({"none": True})
    chart.set_x_axis(_axis(form))
    chart.set_y_axis({"reverse": True})
    sheet.raw.insert_chart(0, len(WIDTHS["ranking"]), chart)


def _scores(book: Book, peers: Standing) -> None:
    sheet = book.sheet("scores", words.group(peers), held=2)
    head = [say(f"scores.{name}") for name in SCORES]
    sheet.heading([*head, *map(words.part_name, peers.units[0].parts)])
    for line, row in enumerate(peers.units, 1):
        sheet.count(line, 0, row.place, COUNT)
        sheet.say(line, 1, row.name)
        sheet.count(line, 2, row.score, POINTS)
        sheet.say(line, 3, row.grade or say("boards.none"))
        sheet.count(line, 4, row.cases, COUNT)
        for column, part in enumerate(row.parts, 5):
            sheet.count(line, column, part.value, RATE)


def _axis(form: str) -> dict[str, Any]:
    """Return an axis from nought, of shares up to all."""
    return {"num_format": form, "min": 0, **({"max": 1} if form == RATE else {})}


def _steps(board: BoardFigures) -> str:
    """Return how the steps of a board's trends are written."""
    return HOURS if board.step == "hour" else DAYS
