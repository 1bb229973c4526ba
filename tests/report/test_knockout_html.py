"""The page of knock-outs."""

from __future__ import annotations

from detente.analysis.knockout import knockouts
from detente.report.knockout_html import render_knockouts
from detente.sampling.draws import Plan
from detente.situation.schema import Situation
from detente.sources.claims import Claims
from detente.sources.removal import removals

HOSTILE = "<script>alert(1)</script>{{7*7}}"


def hostile(claims: Claims) -> Claims:
    """The same claims with script in every text that is shown."""
    body = claims.model_dump(by_alias=True, mode="json")
    for source in body["sources"].values():
        source["title"] = HOSTILE
    for speaker in body["speakers"].values():
        speaker["name"] = HOSTILE
    for claim in body["claims"].values():
        claim["says"] = claim["hedge"] = claim["note"] = HOSTILE
    return Claims.model_validate(body)


def test_the_page_of_knock_outs_is_inert_whole_and_the_same_every_time(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    claims = hostile(bridge_claims)
    found = knockouts(three_acts, claims, removals(claims), "spring", Plan(200, 1))
    pages = [
        render_knockouts(three_acts, claims, found, Plan(200, 1), file="f.yaml", version="9.9")
        for _ in range(2)
    ]
    assert pages[0] == pages[1]
    assert "<script" not in pages[0].lower()
    assert "{{7*7}}" in pages[0]
    for words in ("What is left", "Claim by claim", "What this is not", "basis-Q", "grade D6"):
        assert words in pages[0]
