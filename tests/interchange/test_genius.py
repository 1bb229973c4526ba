"""Genius files: ranges, evaluators, constants, groups, and what has no counterpart."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from detente.errors import SituationError
from detente.interchange.importing import import_files
from detente.interchange.record import Settings
from detente.situation.schema import Situation
from detente.situation.values import base_values

DOMAIN = """<negotiation_template><utility_space number_of_issues="3">
<objective index="0" name="root">
<issue index="1" name="Colour" type="discrete"><item value="red"/><item value="blue"/></issue>
<issue index="2" name="Days" type="integer" lowerbound="10" upperbound="30"/>
<issue index="3" name="Rate" type="real"><range lowerbound="0.0" upperbound="1.0"/></issue>
</objective></utility_space></negotiation_template>"""
PROFILE = """<utility_space><objective index="0" name="any">
<weight index="1" value="0.5"/><weight index="2" value="0.3"/><weight index="3" value="0.2"/>
<issue index="1" name="Colour"><item value="red" evaluation="4"/><item value="blue" evaluation="1"/></issue>
<issue index="2" name="Days"><evaluator ftype="linear" offset="0.0" slope="0.05"/></issue>
<issue index="3" name="Rate"><evaluator ftype="triangular" parameter0="0" parameter1="1" parameter2="0.5"/></issue>
</objective><reservation value="0.25"/></utility_space>"""


def stated(situation: Situation, address: str) -> float | None:
    """The number at an address."""
    return base_values(situation)[address].quantity.fixed


def files(folder: Path, first: str = PROFILE, second: str = PROFILE) -> Path:
    """A domain with two profiles."""
    for name, text in (("domain", DOMAIN), ("one", first), ("two", second)):
        (folder / f"{name}.xml").write_text(text, encoding="utf-8")
    return folder


def test_ranges_become_options_and_evaluators_preferences(
    tmp_path: Path, situation_in: Any
) -> None:
    """Five of 21 days and five rates; straight lines and a triangle, by hand."""
    imported = import_files([files(tmp_path)], settings=Settings(steps=5))
    found = situation_in(imported)
    options = [option.name for option in found.issues["days"].options.values()]
    assert options == ["no agreement", "10", "15", "20", "25", "30"]
    # spans: colour 0.5 * (4 - 1) = 1.5, days 0.3 * 0.05 * 20 = 0.3, rate 0.2; 2.0 in all
    for issue, share in (("colour", 0.75), ("days", 0.15), ("rate", 0.1)):
        assert stated(found, f"salience.one.{issue}") == pytest.approx(share)
    assert stated(found, "preferences.one.days.option-15") == pytest.approx(0.25)
    assert stated(found, "preferences.one.rate.option-0-5") == 1.0
    assert stated(found, "preferences.one.rate.option-0-75") == pytest.approx(0.5)
    # the worst package is worth 0.5: the reservation of 0.25 lies 0.25 below, of a span of 2
    assert stated(found, "outlook.one") == pytest.approx(-0.125)
    told = "\n".join(map(str, imported.remarks))
    assert "Days runs over whole numbers from 10 to 30: 5 of them became options" in told
    assert "offset and slope count from the lower end, 10" in told
    assert "evaluations above 1" in told


def test_a_quadratic_evaluator(tmp_path: Path, situation_in: Any) -> None:
    """parameter0 + parameter1 x + parameter2 x squared: half a rate is worth a quarter of its span."""
    changed = PROFILE.replace('"triangular" parameter0="0" parameter1="1" parameter2="0.5"',
                              '"quadratic" parameter0="3" parameter1="0" parameter2="1"')  # fmt: skip
    found = situation_in(import_files([files(tmp_path, changed)]))
    assert stated(found, "preferences.one.rate.option-0-5") == pytest.approx(0.25)


def test_evaluations_as_genius_means_them(tmp_path: Path, situation_in: Any) -> None:
    """Divided by the largest of the issue: 4 and 1 become 1 and 0.25."""
    found = situation_in(import_files([files(tmp_path)], settings=Settings(as_genius=True)))
    span = 0.5 * 0.75
    assert stated(found, "salience.one.colour") == pytest.approx(span / (span + 0.3 + 0.2))


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ('<weight index="2" value="0.3"/>', "", "no weight for Days"),
        ('value="0.3"', 'value="much"', "one.xml:2: <weight> with value='much'"),
        (' evaluation="1"', "", "<item> with evaluation"),
        ('<item value="blue" evaluation="1"/>', "", "no evaluation of blue on Colour"),
        ('ftype="linear"', 'ftype="faratin"', "the evaluator faratin"),
        ("<weight", "<utility_function><ufun/></utility_function><weight", "hyper-rectangles"),
        ('name="Days"', 'name="Nights"', "issues that the domain does not have: Nights"),
        ('reservation value="0.25"', 'reservation value="x"', "<reservation> with value='x'"),
    ],
)  # fmt: skip
def test_what_has_no_counterpart_is_refused_by_name(
    before: str, after: str, told: str, tmp_path: Path
) -> None:
    """Each says where it stands and what would do."""
    folder = files(tmp_path, PROFILE.replace(before, after, 1))
    with pytest.raises(SituationError) as caught:
        import_files([folder])
    assert told.replace("one.xml:2:", "one.xml:2:1:") in str(caught.value)


def test_what_is_left_out_is_told(tmp_path: Path) -> None:
    """Discounts, constraints, a constant in the place of a weight."""
    changed = PROFILE.replace("<weight", '<weight index="9" value="0.125"/><weight', 1)
    changed = changed.replace("</utility_space>", '<discount_factor value="0.9"/></utility_space>')
    changed = changed.replace(
        "</utility_space>", "<constraints/><errors>0</errors></utility_space>"
    )
    told = "\n".join(map(str, import_files([files(tmp_path, changed)]).remarks))
    assert "the discount factor 0.9" in told
    assert "<constraints>: packages it forbids stay allowed" in told
    assert "counts as a constant, 0.125" in told
    assert "one.xml: <errors> on line" in told
    assert "the reservation of one, 0.25, stands on the scale of those evaluations" in told
