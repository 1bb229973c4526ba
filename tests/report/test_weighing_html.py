"""The page of weighed readings."""

from __future__ import annotations

from detente.analysis.weighing import weigh
from detente.report.weighing_html import render_weighing
from detente.sampling.draws import Plan
from detente.situation.schema import Situation

HOSTILE = "<script>alert(1)</script>{{7*7}}"


def test_the_page_of_readings_is_inert_and_tells_the_record(recorded: Situation) -> None:
    body = recorded.model_dump(by_alias=True, mode="json", exclude_defaults=True)
    for event in body["events"]:
        event["says"] = event["source"] = HOSTILE
    for reading in body["readings"].values():
        reading["title"] = reading["speaker"] = HOSTILE
    situation = Situation.model_validate({**body, "title": HOSTILE})
    found = weigh(situation, None, "spring", Plan(200, 1))
    page = render_weighing(situation, found, Plan(200, 1), file="f.yaml", version="9.9")
    assert "<script" not in page.lower()
    assert "{{7*7}}" in page
    for words in ("What speaks for whom", "What would tell them apart next", "Counted",
                  "not counted", "What this is not"):  # fmt: skip
        assert words in page
