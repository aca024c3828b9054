"""Views as a way back and forward: bounded, without steps on the spot, later ones forgotten by moving on."""

from hypothesis import given
from hypothesis import strategies as st

from console.geography.view import View
from ui.map.trail import Trail

places = st.integers(0, 4).map(lambda x: View(float(x), 0.0, 1.0, 100, 100))
steps = st.one_of(places, st.sampled_from(["back", "forward"]))


@given(st.lists(steps, max_size=40), st.integers(1, 6))
def test_it_walks_as_a_list_with_a_finger_on_it(walk: list[View | str], most: int) -> None:
    trail, kept, finger = Trail(most), [View(0.0, 0.0, 1.0, 100, 100)], 0
    now = kept[0]
    trail.rest(now)
    for step in walk:
        if isinstance(step, View):
            now = step
            if step != kept[finger]:
                kept = [*kept[: finger + 1], step][-most:]
                finger = len(kept) - 1
            trail.rest(step)
            continue
        way = -1 if step == "back" else 1
        found = trail.back(now) if step == "back" else trail.forward(now)
        if 0 <= finger + way < len(kept):
            finger += way
            now = kept[finger]
            assert found == now
        else:
            assert found is None
        assert (trail.can_go_back, trail.can_go_forward) == (finger > 0, finger < len(kept) - 1)
    assert len(trail) == len(kept) <= most


def test_a_view_that_has_not_come_to_rest_is_kept_when_the_hand_goes_back() -> None:
    trail, first, second = Trail(), View(0, 0, 1, 9, 9), View(5, 0, 1, 9, 9)
    trail.rest(first)
    assert trail.back(second) == first
    assert trail.forward(first) == second


def test_another_size_of_the_window_is_no_other_view() -> None:
    trail = Trail()
    trail.rest(View(0, 0, 1, 100, 100))
    trail.rest(View(0, 0, 1, 300, 200))
    assert len(trail) == 1
