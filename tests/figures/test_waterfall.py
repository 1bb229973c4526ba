"""From one side to the other: the bars add up, and nothing is told from too few draws."""

from __future__ import annotations

from dataclasses import replace

import altair as alt
import pytest

from detente.analysis.answer import Run
from detente.analysis.compare import Comparison
from detente.analysis.pooling import Difference
from detente.analysis.probabilities import Estimate
from detente.figures import drawing
from detente.figures.naming import Names
from detente.figures.sides import is_clear, points, too_few
from detente.figures.waterfall import waterfall


@pytest.fixture
def one(compared: list[Comparison]) -> Comparison:
    """The reading under which they meet in both rounds."""
    return next(c for c in compared if c.target in c.differences)


def test_bars_add_up_from_the_first_side_to_the_second(plain_run: Run, one: Comparison) -> None:
    """Each driver begins where the one before it ended; the last ends at the second side."""
    figure = waterfall(Names(plain_run.situation), one)
    assert figure is not None
    first, *steps, second = figure.rows
    at = first[2]
    for step in steps:
        assert step[1] == pytest.approx(at)
        assert float(step[2] or 0) - float(step[1] or 0) == pytest.approx(step[3])
        at = step[2]
    assert at == pytest.approx(second[2], abs=1e-12)
    assert len(steps) == len(one.shares) == 2
    assert [step[4] for step in steps] == [share.se for share in one.shares]
    alt.Chart.from_dict(figure.spec, validate=True)


def test_words_give_both_sides_and_every_driver(plain_run: Run, one: Comparison) -> None:
    """The text alternative is computed from the comparison."""
    figure, found = waterfall(Names(plain_run.situation), one), one.differences[one.target]
    assert figure is not None
    for told in (f"{found.first.p:.1%}", f"{found.second.p:.1%}", points(found.points)):
        assert told in figure.alt
    for share in one.shares:
        assert points(share.points) in figure.alt
    text = drawing.inline_svg(figure)
    quiet = next(share for share in one.shares if not is_clear(share))
    assert f"\u2248 {points(quiet.points)}" in text


def test_falling_is_told_without_colour(plain_run: Run, one: Comparison) -> None:
    """What takes away is dashed and carries a minus."""
    falling = tuple(replace(share, points=-abs(share.points) - 0.01) for share in one.shares)
    names = Names(plain_run.situation)
    down, up = (waterfall(names, replace(one, shares=shares)) for shares in (falling, one.shares))
    assert down is not None
    assert up is not None
    dashes = [drawing.inline_svg(f).count('stroke-dasharray="4,2"') for f in (down, up)]
    assert dashes[0] > dashes[1]


def test_nothing_is_drawn_where_nothing_can_be_told(
    plain_run: Run, compared: list[Comparison], one: Comparison
) -> None:
    """They never meet, they seldom meet, or nothing differs."""
    names = Names(plain_run.situation)
    never = next(c for c in compared if c.target not in c.differences)
    assert waterfall(names, never) is None
    assert waterfall(names, replace(one, shares=())) is None
    rare = Difference(Estimate(0.01, (0.01 * 0.99 / 1000) ** 0.5), one.differences["held"].second,
                      0.9, 0.01)  # fmt: skip
    seldom = replace(one, differences={**one.differences, "held": rare})
    assert waterfall(names, seldom) is None


@pytest.mark.parametrize(("draws", "few"), [(29, True), (30, False), (1000, False), (0, True)])
def test_how_few_is_too_few(one: Comparison, draws: int, *, few: bool) -> None:
    """Thirty draws of the condition, read off its own error."""
    p = draws / 1000
    held = Estimate(p, (p * (1 - p) / 1000) ** 0.5)
    changed = replace(
        one, differences={**one.differences, "held": Difference(held, held, 0.0, 0.0)}
    )
    assert too_few(changed, "tangible_given_held") is few
    assert not too_few(changed, "tangible")


def test_hostile_names_are_text(hostile_run: Run, hostile_compared: list[Comparison]) -> None:
    """Nothing in a name becomes markup."""
    one = next(c for c in hostile_compared if c.target in c.differences)
    figure = waterfall(Names(hostile_run.situation), one)
    assert figure is not None
    text = drawing.inline_svg(figure)
    assert "<script" not in text
    assert "&lt;script" in text
