"""Whose word a claim is, at a glance."""

from __future__ import annotations

from detente.report.attributing import attributed, claim_object, styled
from detente.sources.claims import Claims


def test_a_claim_tells_whose_word_it_is_with_hedge_and_grade_without_colour(
    bridge_claims: Claims,
) -> None:
    told = attributed(bridge_claims, "warning")
    assert told.line == "Q warning: The ferryman, citing The scouts; “alleged” (possible); D6"
    assert attributed(bridge_claims, "cold").line.startswith("A cold: The ferryman; unhedged; C2")
    letters = {attributed(bridge_claims, name).letter for name in bridge_claims.claims}
    assert letters == {"A", "Q", "C", "R", "N"}
    styles = {str(styled(bridge_claims, name).spans[0].style) for name in bridge_claims.claims}
    assert len(styles) == 5
    assert claim_object(bridge_claims, "warning")["speakers"] == ["ferryman", "scouts"]
