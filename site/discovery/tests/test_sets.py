"""Sets of places by size, against every place looked at one by one."""

from hypothesis import given
from hypothesis import strategies as st

from discovery.sets import STEP, Sizes, bits

SIZES = st.lists(st.none() | st.integers(0, 40), max_size=3 * STEP)
END = st.none() | st.integers(-1, 41)


@given(SIZES, END, END)
def test_those_within_a_range_are_the_ones_whose_size_lies_there(values, lowest, highest):
    wanted = [
        place
        for place, value in enumerate(values)
        if value is not None and (lowest is None or value >= lowest) and (highest is None or value <= highest)
    ]

    assert Sizes(values).within(lowest, highest) == bits(wanted)


@given(SIZES)
def test_equals_stay_in_their_order_up_and_down(values):
    having = [place for place, value in enumerate(values) if value is not None]
    sizes = Sizes(values)

    assert list(sizes.places) == sorted(having, key=values.__getitem__)
    assert sizes.falling() == sorted(having, key=lambda place: -values[place])
