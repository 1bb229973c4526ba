"""The split: whole groups, even folds, names alone decide."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from detente.spatial.folds import FOLDS, folds

NAMES = st.lists(st.sampled_from([f"d{i}" for i in range(40)]), min_size=1, max_size=80)


@given(NAMES)
@settings(max_examples=40)
def test_names_alone_decide(names: list[str]) -> None:
    """A group is in one fold, in whatever order it comes and however often."""
    fold = dict(zip(names, folds(names).tolist(), strict=True))
    turned = sorted(names, reverse=True) * 2
    assert folds(turned).tolist() == [fold[name] for name in turned]


@given(NAMES)
@settings(max_examples=40)
def test_folds_are_even(names: list[str]) -> None:
    """Their numbers of groups differ by one at most."""
    fold = dict(zip(names, folds(names).tolist(), strict=True))
    sizes = [list(fold.values()).count(one) for one in range(FOLDS)]
    assert max(sizes) - min(sizes) <= 1


def test_the_split_is_the_one_that_was_written_down() -> None:
    """A few names by hand, so that the rule cannot change unseen."""
    names = ["d00032", "d00044", "n96114", "d160023", "d00032"]
    assert folds(names, 4).tolist() == [0, 1, 3, 2, 0]
