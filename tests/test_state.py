from hypothesis import given
from hypothesis import strategies as st

from graphs.state import merge_by_key

updates = st.lists(st.dictionaries(st.text("0123456789/", max_size=8), st.integers(), max_size=4), max_size=6)


def merged(parts):
    state = {}
    for part in parts:
        state = merge_by_key(state, part)
    return state


@given(updates, st.randoms())
def test_branches_may_land_in_any_order(parts, random):
    distinct = [{f"{index}/{key}": value for key, value in part.items()} for index, part in enumerate(parts)]
    shuffled = random.sample(distinct, len(distinct))
    assert merged(distinct) == merged(shuffled)
    assert list(merged(distinct)) == list(merged(shuffled))


@given(updates)
def test_an_update_twice_changes_nothing(parts):
    assert merged(parts) == merged([*parts, *parts[-1:]])
