"""What the map marks is what the queue shows: the sums agree under every filter and at every scale."""

from math import nan

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from console.feed.board import Board
from console.feed.board_filter import Filter
from console.feed.board_row import Row
from console.feed.board_view import BoardView
from tests.unit.test_board import NOW, filters, rows
from ui.dispatch.map_feed import cases
from ui.map.markers import GRADES, Markers

places = st.sampled_from([nan, 114.51, 114.5101, 114.52, 114.7])
placed = st.builds(lambda row, lon, lat: row._replace(lon=lon, lat=lat - 76), rows, places, places)


@given(batch=st.lists(placed, max_size=40), wanted=filters, scale=st.sampled_from([0.5, 20.0, 400.0]))
@settings(max_examples=80, deadline=None)
def test_marks_add_up_to_the_rows_that_have_a_place(batch: list[Row], wanted: Filter, scale: float) -> None:
    board = Board()
    board.apply(batch)
    queue = BoardView(board, lambda: NOW)
    queue.show(wanted)
    found = cases(board, queue.order, NOW)
    markers = Markers()
    markers.put(found.numbers, found.lons, found.lats, found.grades, found.icons)
    listed = [board.row_at(int(slot)) for slot in queue.order]
    with_place = [row for row in listed if not (np.isnan(row.lon) or np.isnan(row.lat))]
    marks = markers.arrange(scale)
    assert marks.count.sum() == found.placed == len(with_place)
    assert {markers.number(row) for row in range(len(markers))} == {row.number for row in with_place}
    crowds = [markers.tally(np.flatnonzero(marks.of == mark)) for mark in range(len(marks.count))]
    in_all = np.bincount(found.grades[np.isfinite(found.lons + found.lats)], minlength=len(GRADES))
    assert [sum(crowd[grade] for crowd in crowds) for grade in GRADES] == in_all.tolist()
