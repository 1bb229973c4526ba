"""Names of any kind become identifiers, each once, and stay readable."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from detente.addresses import is_identifier
from detente.interchange.naming import MAX_LABEL, Names, label, slug
from detente.printable import printable


@given(st.lists(st.text(max_size=80), max_size=30))
def test_every_name_gets_an_identifier_of_its_own(names: list[str]) -> None:
    """Whatever the names, also the same one twice."""
    scope = Names("thing")
    given_ = [scope.give(name) for name in names]
    assert all(is_identifier(one) for one in given_)
    assert len(set(given_)) == len(names)


@given(st.text())
def test_labels_are_one_line_that_a_terminal_may_show(text: str) -> None:
    """Never empty, never too long, no control characters."""
    shown = label(text)
    assert 0 < len(shown) <= MAX_LABEL
    assert shown == " ".join(printable(shown).split())


def test_identifiers_read_like_the_names() -> None:
    """Numbers get a stem, minus a word, points and commas a hyphen."""
    known = {"60 days": "option-60-days", "-5": "minus-5", "$4.37": "option-4-37",
             "Émile": "emile", "中国": "option", "IP rights": "ip-rights"}  # fmt: skip
    assert {name: slug(name, "option") for name in known} == known
