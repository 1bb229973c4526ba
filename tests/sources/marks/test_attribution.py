"""Who is made to say it."""

from __future__ import annotations

import re
from dataclasses import dataclass

import pytest

from detente.sources.marks.attribution import Attribution, attributions
from detente.sources.marks.wording import words_of


@dataclass(frozen=True)
class Name:
    actor: str
    start: int
    end: int


def found(sentence: str) -> list[Attribution]:
    names = [Name(m[0].lower(), m.start(), m.end()) for m in re.finditer("Nordia|Suder", sentence)]
    return list(attributions(words_of(sentence), sentence, names))


def said(sentence: str) -> list[tuple[str, str | None]]:
    return [(one.text, one.speaker_text) for one in found(sentence)]


@pytest.mark.parametrize(
    ("sentence", "cue", "speaker"),
    [
        ("The warden said on Monday that the lake was low.", "said", "The warden"),
        ("Nordia's foreign minister warned of ice.", "warned", "Nordia's foreign minister"),
        ("Suder has since repeatedly denied that it moved the buoy.", "denied", "Suder"),
        ("According to two fishers, the net was cut.", "According to", "two fishers"),
        ("The warden's claim that the dam leaks is old.", "claim", "The warden"),
        ("In the pilots\u2019 view the buoy is safe.", "view", "the pilots"),
        ("“The dam holds,” said the warden of the upper lake.", "said", "the warden of the upper lake"),
        ("The levy, bargemen complain, has doubled.", "complain", "bargemen"),
        ("Brann, the oldest of the pilots, told the court that it moved.", "told", "Brann"),
        ("The warden, who had seen it, announced that it leaks.", "announced", "The warden"),
        ("The report, which claims that nothing happened, is short.", "claims", "The report"),
        ("Officials in the port say it sank.", "say", "Officials in the port"),
        ("When the dam broke the warden said nothing.", "said", "the warden"),
        ("The ferry was described by the mayor as a coffin.", "described", "the mayor"),
        ("The lake froze, as the warden put it, like a plate.", "put it", "the warden"),
        ("Some say the lake is haunted.", "say", "Some"),
        ("Citing two witnesses, he left.", "Citing", "two witnesses"),
        ("The warden left the talks, warning that it leaks.", "warning", "The warden"),
        ("The mayor pointed out that it leaks.", "pointed out", "The mayor"),
        ("The mayor sees the toll as a threat.", "sees", "The mayor"),
        ("The mayor called the toll “theft”.", "called", "The mayor"),
        ("The harbour is safe, said the port office in a note.", "said", "the port office"),
        ("“It leaks,” added Mr. Brann.", "added", "Mr. Brann"),
        ("The council continues to maintain that it is dry.", "maintain", "The council"),
        ("The council issued a stern warning that it leaks.", "warning", "The council"),
    ],
)  # fmt: skip
def test_a_cue_is_found_with_its_speaker(sentence: str, cue: str, speaker: str) -> None:
    assert (cue, speaker) in said(sentence)


@pytest.mark.parametrize(
    ("sentence", "actor"),
    [
        ("Nordia warned that the strait was mined.", "nordia"),
        ("The storm led to Nordia warning of floods.", "nordia"),
        ("President Suder announced a levy.", "suder"),
        ("According to Nordia last week, it sank.", "nordia"),
        ("Officials in Nordia said it sank.", None),
        ("Nordia's pilots said it sank.", None),
    ],
)
def test_a_known_actor_is_the_speaker_only_if_it_is_the_whole_phrase(
    sentence: str, actor: str | None
) -> None:
    assert [one.actor for one in found(sentence)] == [actor]


@pytest.mark.parametrize(
    "sentence",
    ["It is said that the lake is deep.", "The pilot is said to be ill.", "Rumour has it that he left."],
)  # fmt: skip
def test_nobody_is_named_where_nobody_is(sentence: str) -> None:
    (one,) = found(sentence)
    assert (one.speaker, one.own) == (None, False)


@pytest.mark.parametrize("sentence", ["I think the pilot slept.", "In my view it leaks."])
def test_whoever_writes_is_no_third_party(sentence: str) -> None:
    assert [one.own for one in found(sentence)] == [True]


@pytest.mark.parametrize(
    "sentence",
    [
        "That said, the toll is low.",
        "Whatever is said on paper, the toll is due.",
        "The two states share a lake.",
        "Insurance claims rose.",
        "The reports were late.",
        "The warden proposed a lower toll and asked for a boat.",
        "Both banks agreed to meet.",
        "The storm threatened to sink the ferry.",
        "The marks suggest that it drifted.",
        "He suggested moving the buoy.",
        "Their alleged plan failed.",
        "You might say so.",
        "Suder insisted on a lower toll.",
        "The ferry sank, citing no reason.",
        "They spoke of fish as well as of salt.",
    ],
)
def test_acts_things_and_nouns_say_nothing(sentence: str) -> None:
    assert said(sentence) == []


def test_a_verb_keeps_the_distance_that_the_coding_rules_give_it() -> None:
    kept = {
        one.base: one.strength
        for sentence in ("Nordia says so.", "Nordia warned him.", "Nordia believes that it sank.")
        for one in found(sentence)
    }
    assert kept == {"say": None, "warn": "possible", "believe": "probable"}
