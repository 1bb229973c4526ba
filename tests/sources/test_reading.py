"""Claims files: every mistake at once, each at its place."""

from __future__ import annotations

import pytest

from detente.errors import Problem, SituationError
from detente.sources.reading import loads_claims

DIGEST = "0123456789abcdef"
GOOD = f"""\
format: claims/1
sources:
  letter: {{title: A letter, author: A fisher, kind: letter, sha256: "{DIGEST * 4}"}}
  record: {{title: The record, author: The port, kind: record}}
speakers:
  fisher: {{name: The fisher, sort: author}}
  warden: {{name: The warden, sort: official}}
claims:
  low:
    source: letter
    at:
      - {{paragraph: 1, sentence: 1, digest: "{DIGEST}"}}
    says: The lake is low.
    speakers: [fisher, warden]
    kind: fact
    strength: probable
    grade: C3
    supports: [pressures.lake]
  guess:
    says: Rain comes late.
    speakers: [fisher]
    kind: assumption
    strength: unknown
    grade: F6
not_modelled:
  - source: letter
    at:
      - {{paragraph: 1, sentence: 2, digest: "{DIGEST}"}}
    reason: A greeting.
"""
KNOWN = ["pressures.lake.severity", "pressures.lake.felt", "trust.north.south"]


def problems(text: str, known: list[str] | None = None) -> list[Problem]:
    with pytest.raises(SituationError) as caught:
        loads_claims(text.encode(), "c.yaml", known)
    return list(caught.value.problems)


def only(old: str, new: str, known: list[str] | None = None) -> str:
    assert old in GOOD
    (problem,) = problems(GOOD.replace(old, new, 1), known)
    return str(problem)


def test_a_good_file_reads_back() -> None:
    claims = loads_claims(GOOD.encode(), known=KNOWN)
    assert claims.claims["low"].origin == "warden"
    assert claims.claims["low"].at[0].digest == DIGEST
    assert claims.claims["guess"].hedge == "none"
    assert claims.not_modelled[0].reason == "A greeting."


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("[fisher, warden]", "[fisher, wardn]",
         ("c.yaml:14:24: claims.low.speakers.1: no speaker is called wardn; "
          "a speaker of this file; did you mean warden?")),
        ("[fisher, warden]", "[fisher, fisher]",
         ("c.yaml:14:24: claims.low.speakers.1: fisher stands twice in the chain; "
          "each speaker once, outermost first; drop one")),
        ("    source: letter\n    at", "    source: leter\n    at",
         ("c.yaml:10:5: claims.low.source: no source is called leter; "
          "a source of this file; did you mean letter?")),
        ("grade: C3", "grade: C9", "claims.low.grade: found the grade 'C9'; an Admiralty grade"),
        ("kind: fact", "kind: fct", "claims.low.kind: found 'fct'; "),
        ("strength: probable", "strenght: probable", "strength is missing; it must be given"),
        (f'digest: "{DIGEST}"', 'digest: "0123"', "found '0123'; 16 hexadecimal digits"),
        (f'digest: "{DIGEST}"', "digest: 1234567890123456", "put it in quotes"),
        ("paragraph: 1", "paragraph: 0", "claims.low.at.0.paragraph: found 0"),
        ("    source: letter\n    at", "    source: record\n    at",
         "places without a text to look them up in"),
        ("supports: [pressures.lake]", "supports: [Pressures]", "an address or the beginning of one"),
        ("supports: [pressures.lake]", "supports: [trust, trust]", "trust stands twice"),
        ("sentence: 2", "sentence: 1",
         "paragraph 1, sentence 1 has a claim and is also marked as not modelled"),
        ("kind: assumption", "kind: motive", "claims.guess: a claim without a source"),
        ("format: claims/1", "format: claims/2", "format: found 'claims/2'"),
    ],
)  # fmt: skip
def test_each_mistake_has_its_message(old: str, new: str, expected: str) -> None:
    said = [str(p) for p in problems(GOOD.replace(old, new, 1))]
    assert any(expected in line for line in said), said


def test_an_address_the_situation_does_not_have_is_reported_at_its_place() -> None:
    assert only("[pressures.lake]", "[pressures.lak]", KNOWN) == (
        "c.yaml:18:16: claims.low.supports.0: pressures.lak is not in this situation; "
        "an address of the situation, or the beginning of one; did you mean pressures.lake?"
    )
    assert loads_claims(GOOD.replace("[pressures.lake]", "[pressures.lak]").encode())


def test_a_sentence_has_one_digest_in_a_file() -> None:
    other = GOOD.replace("sentence: 2", "sentence: 1").replace(
        f'sentence: 1, digest: "{DIGEST}"}}\n    reason',
        f'sentence: 1, digest: "{DIGEST[::-1]}"}}\n    reason',
    )
    assert any("has the digest" in p.found for p in problems(other))


def test_all_mistakes_come_at_once() -> None:
    wrong = GOOD.replace("grade: C3", "grade: X").replace("[fisher]", "[fishr]")
    wrong = wrong.replace("reason: A greeting.", "")
    assert {p.address for p in problems(wrong)} == {
        "claims.low.grade",
        "claims.guess.speakers.0",
        "not_modelled.0.reason",
    }


def test_a_file_of_another_shape_is_refused_without_a_traceback() -> None:
    for text in ("", "[]", "3", "format: claims/1\nclaims: [a]\n", "claims: {a: {at: 3}}"):
        assert problems(text)
