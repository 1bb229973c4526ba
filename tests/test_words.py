"""Verbal scales: the tables, their versions, the tie rule."""

from __future__ import annotations

from itertools import pairwise

import pytest

from detente.words import DEGREE, MAGNITUDE, PREFERENCE, PROBABILITY, SCALES, Scale


def test_probability_words_are_those_of_icd_203() -> None:
    """Seven bands of two words each, from Intelligence Community Directive 203."""
    bands = [
        (0.01, 0.05),
        (0.05, 0.2),
        (0.2, 0.45),
        (0.45, 0.55),
        (0.55, 0.8),
        (0.8, 0.95),
        (0.95, 0.99),
    ]
    words = [
        "almost no chance", "remote", "very unlikely", "highly improbable", "unlikely",
        "improbable", "roughly even chance", "roughly even odds", "likely", "probable",
        "very likely", "highly probable", "almost certain", "nearly certain",
    ]  # fmt: skip
    assert PROBABILITY.ranges == {w: bands[i // 2] for i, w in enumerate(words)}
    assert PROBABILITY.label == "icd-203/1"


def test_magnitudes_are_shares_of_a_whole_stake() -> None:
    """None is nothing; five bands up to 0.6."""
    assert MAGNITUDE.ranges == {
        "none": (0, 0),
        "very low": (0, 0.05),
        "low": (0.05, 0.1),
        "medium": (0.1, 0.2),
        "high": (0.2, 0.35),
        "very high": (0.35, 0.6),
    }
    assert MAGNITUDE.label == "stake/1"


def test_preferences_are_the_quarter_points_each_with_what_is_nearest() -> None:
    """Every word's range is all that is nearer to its quarter point than to another."""
    quarters = {"rejects": 0.0, "resists": 0.25, "indifferent": 0.5, "favours": 0.75, "seeks": 1.0}
    assert list(PREFERENCE.ranges) == list(quarters)
    for word, (low, high) in PREFERENCE.ranges.items():
        assert low == max(0.0, quarters[word] - 0.125)
        assert high == min(1.0, quarters[word] + 0.125)


def test_labels_are_unlike() -> None:
    """A file that quotes a label means one scale."""
    assert len({scale.label for scale in SCALES}) == len(SCALES) == 4


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_bands_join_without_gap_or_overlap(scale: Scale) -> None:
    """Each band begins where the one below it ends, and lies within 0 and 1."""
    bands = list(dict.fromkeys(span for span in scale.ranges.values() if span[0] < span[1]))
    assert all(a[1] == b[0] for a, b in pairwise(bands))
    assert bands[0][0] >= 0.0
    assert bands[-1][1] <= 1.0


@pytest.mark.parametrize("scale", SCALES, ids=lambda scale: scale.name)
def test_a_shared_endpoint_takes_the_higher_word(scale: Scale) -> None:
    """The tie rule, on every inner endpoint, and just beside it."""
    bands = {span: w for w, span in reversed(list(scale.ranges.items())) if span[0] < span[1]}
    spans = sorted(bands)
    for lower, upper in pairwise(spans):
        assert scale.word_for(upper[0]) == bands[upper]
        assert scale.word_for(upper[0] - 1e-9) == bands[lower]
    assert scale.word_for(spans[-1][1]) == bands[spans[-1]]


@pytest.mark.parametrize(
    ("scale", "value"),
    [
        (PROBABILITY, 0.0),
        (PROBABILITY, 0.995),
        (MAGNITUDE, 0.61),
        (PREFERENCE, -0.1),
        (DEGREE, 1.1),
    ],
)
def test_beyond_the_scale_there_is_no_word(scale: Scale, value: float) -> None:
    """ICD 203 has no word for certainty; no scale has one beyond its ends."""
    assert scale.word_for(value) is None
