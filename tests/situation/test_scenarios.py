"""Rounds, readings and settings laid over the file, later ones winning."""

from __future__ import annotations

import pytest

from detente.errors import UsageError
from detente.situation.load import Loaded
from detente.situation.quantities import Point
from detente.situation.scenarios import AS_WRITTEN, read_settings, scenarios


def test_every_round_under_every_reading_rounds_first(every_term: Loaded) -> None:
    """Without a wish all are run, in file order."""
    found = scenarios(every_term.situation, None)
    assert [scenario.name for scenario in found] == [
        "first / hopeful",
        "first / wary",
        "second / hopeful",
        "second / wary",
    ]


def test_patches_are_laid_on_in_order_and_say_who_laid_them(every_term: Loaded) -> None:
    """The file, the round, the reading, then --set; each address says where it comes from."""
    patch = read_settings(every_term.situation, ["outlook.south=0.1", "power.south = 0.9"])
    (found,) = scenarios(
        every_term.situation, None, rounds=["first"], readings=["wary"], patch=patch
    )
    values = found.values
    assert values["runup.tension"].origin == "round first"
    assert values["sincerity.south"].origin == "reading wary"
    assert values["outlook.south"].origin == "--set"
    assert values["outlook.south"].quantity.shape == Point(0.1)
    assert values["power.south"].quantity.shape == Point(0.9)
    assert values["outlook.north"].origin == "stated"


def test_the_file_as_written_is_a_scenario_of_its_own(every_term: Loaded) -> None:
    """``as-written`` names the file under no reading."""
    (found,) = scenarios(every_term.situation, None, rounds=["second"], readings=[AS_WRITTEN])
    assert found.reading is None
    assert {value.origin for value in found.values.values()} == {"stated", "default"}


def test_unknown_names_are_refused_with_the_nearest(every_term: Loaded) -> None:
    """A round or reading that does not exist, and what does."""
    with pytest.raises(UsageError, match="first, second is allowed; did you mean second"):
        scenarios(every_term.situation, None, rounds=["secnd"])
    with pytest.raises(UsageError, match="hopeful, wary, as-written is allowed"):
        scenarios(every_term.situation, None, readings=["zzz"])


def test_every_mistake_in_settings_is_named_at_once(every_term: Loaded) -> None:
    """No equals sign, an unknown address, a prefix and an unreadable value."""
    with pytest.raises(UsageError) as caught:
        read_settings(
            every_term.situation,
            ["outlook.north", "outlok.north=low", "outlook=low", "outlook.north=lwo"],
        )
    lines = str(caught.value).splitlines()
    assert lines[0] == "--set outlook.north: no = found; address=value is allowed; add a value"
    assert lines[1] == (
        "--set outlok.north: not in this situation; an address of it is allowed; "
        "did you mean outlook.north?"
    )
    assert lines[2].endswith("name one value, such as outlook.north")
    assert lines[3].startswith("--set outlook.north: found 'lwo', which is no word of this scale;")
    assert lines[3].endswith("did you mean low?")
