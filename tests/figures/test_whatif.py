"""The picture of what-ifs: its numbers and its words."""

from __future__ import annotations

import pytest

from detente.analysis.whatif import WhatIfs, ask
from detente.figures.drawing import inline_svg
from detente.figures.naming import Names
from detente.figures.whatif import whatif_figure
from detente.sampling.draws import Plan
from detente.situation.scenarios import read_settings, scenarios
from detente.situation.schema import Situation
from detente.situation.what_ifs import AS_SET, WhatIf


def asked(situation: Situation, *settings: str) -> WhatIfs:
    """One what-if, as set, under every reading in spring."""
    one = WhatIf(AS_SET, AS_SET, read_settings(situation, settings))
    before = scenarios(situation, None, rounds=["spring"])
    after = scenarios(situation, None, rounds=["spring"], patch=one.patch)
    wanted = [(b, [(one, a)]) for b, a in zip(before, after, strict=True)]
    return ask(situation, wanted, Plan(400, 2), "tangible")


@pytest.mark.parametrize("setting", ["outlook.east=0.1", "outlook.east=1", "misreading.west=0"])
def test_the_picture_holds_every_change_and_names_the_largest(
    three_acts: Situation, setting: str
) -> None:
    found, names = asked(three_acts, setting), Names(three_acts)
    figure = whatif_figure(names, found)
    assert figure is not None
    assert [(row[1], row[2], row[3], row[4]) for row in figure.rows] == [
        (
            names.reading(one.before.reading),
            (d := one.differences["tangible"]).first.p, d.second.p, d.points,
        )
        for one in found.effects
    ]  # fmt: skip
    top = max(found.effects, key=lambda one: abs(one.differences["tangible"].points))
    assert f"“{names.reading(top.before.reading)}”" in figure.alt
    assert "As set" in figure.alt
    assert inline_svg(figure).startswith("<svg")


def test_what_cannot_be_told_anywhere_has_no_picture(three_acts: Situation) -> None:
    assert whatif_figure(Names(three_acts), WhatIfs("spring", "tangible", ())) is None
