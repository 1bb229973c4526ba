"""The page of drivers."""

from __future__ import annotations

from dataclasses import replace

from detente.analysis.drivers import drivers
from detente.analysis.resampling import Share
from detente.figures.naming import Names
from detente.report.drivers import Telling
from detente.report.drivers_html import render_drivers
from detente.sampling.draws import Plan
from detente.situation.schema import Situation
from detente.sources.claims import Claims

HOSTILE = "<script>alert(1)</script>{{7*7}}"


def hostile(situation: Situation, claims: Claims) -> tuple[Situation, Claims]:
    """The same with script in names that are shown."""
    body = situation.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    for reading in body["readings"].values():
        reading["title"] = HOSTILE
    for actor in body["actors"].values():
        actor["name"] = HOSTILE
    spoken = claims.model_dump(by_alias=True, mode="json")
    for speaker in spoken["speakers"].values():
        speaker["name"] = HOSTILE
    return Situation.model_validate(body), Claims.model_validate(spoken)


def test_the_page_of_drivers_is_inert_whole_and_the_same_every_time(
    three_acts: Situation, bridge_claims: Claims
) -> None:
    situation, claims = hostile(three_acts, bridge_claims)
    found = drivers(situation, claims, "spring", Plan(400, 1))
    tell = Telling(Names(situation), claims, found)
    pages = [render_drivers(tell, file="f.yaml", version="9.9") for _ in range(2)]
    assert pages[0] == pages[1]
    assert "<script" not in pages[0].lower()
    assert "{{7*7}}" in pages[0]
    for words in (
        "In words", "Readings, drivers and chance", "By driver", "By whose word it rests on",
        "Reading by reading", "How much is chance", "Every value, at no extra cost",
        "What this is not",
    ):  # fmt: skip
        assert words in pages[0]


def test_one_reading_has_no_columns_of_readings_and_a_faint_answer_no_picture(
    three_acts: Situation,
) -> None:
    found = drivers(
        three_acts, None, "spring", Plan(400, 1), readings=["calm"], parts=["driver", "draw"]
    )
    faint = replace(found.over, inputs=dict.fromkeys(found.over.inputs, Share(0.01, -0.01, 0.03)))
    page = render_drivers(
        Telling(Names(three_acts), None, replace(found, over=faint)), file="f.yaml", version="9.9"
    )
    assert "Reading by reading" not in page
    assert "too few to divide the little that is not chance" in page
    assert page.count("<figure") == 1  # of draws
