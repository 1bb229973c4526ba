"""Addresses in a text: those of the web become links, everything else stays a text."""

from __future__ import annotations

import pytest
from lxml.html import fromstring

from detente.web.linking import linked, pieces


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("see https://a.example/x, and more", ["https://a.example/x"]),
        ("(http://a.example/b_(c))", ["http://a.example/b_(c)"]),
        ("HTTPS://A.example.", ["HTTPS://A.example"]),
        ("javascript:alert(1) data:text/html,x ftp://a.example file:///etc", []),
        ("https:// http:///x https://[", []),
        ('https://a.example/"onmouseover="x', ["https://a.example/"]),
        ("https://a.example/<script>", ["https://a.example/"]),
        ("nothing", []),
    ],
)
def test_only_addresses_of_the_web_lead_anywhere(text: str, expected: list[str]) -> None:
    """Either protocol with a host; quotes, brackets and full stops are not part of one."""
    found = list(pieces(text))
    assert [address for _, address in found if address] == expected
    assert "".join(said for said, _ in found) == text
    root = fromstring(f"<p>{linked(text)}</p>")
    assert root.text_content() == text
    links = root.xpath("//a")
    assert [link.get("href") for link in links] == expected
    assert {link.get("rel") for link in links} <= {"noreferrer noopener"}
    assert {name for node in root.iter() for name in node.attrib} <= {"href", "rel"}
