"""Every value of a situation for a page: what it says, its range, whose word it is."""

from __future__ import annotations

from pydantic import BaseModel, Field

from detente.analysis.bases import BASIS_WORDS, speaking, value_basis
from detente.cases.opening import Opened
from detente.figures.naming import Names
from detente.figures.theme import BASIS_MARKS
from detente.report.attributing import attributed
from detente.report.whose_word import origin_words
from detente.situation.believing import voices
from detente.situation.kinds import Kind
from detente.situation.values import Value, Values
from detente.situation.writing import in_words

PARTS = {
    "red_lines": "Red lines", "pressures": "Pressures",
    "outlook": "What time alone would bring", "signing_cost": "What signing costs at home",
    "links": "Links between options", "preferences": "What parties want",
    "salience": "What matters to them", "trust": "Trust", "sincerity": "Who means to deliver",
    "power": "Power at the table", "impatience": "Impatience",
    "misreading": "How sides misread each other",
    "influence": "Whose interests count for whom",
    "leverage": "What moves those who must consent", "escalation": "War that nobody wants",
    "hardening": "How tension hardens", "runup": "The run-up",
    "aftermath": "What becomes of a deal",
}  # fmt: skip


class Claim(BaseModel):
    """A claim that a value rests on."""

    id: str
    says: str
    chain: str
    letter: str
    basis: str


class Row(BaseModel):
    """One value."""

    address: str
    what: str
    value: str
    low: float
    high: float
    least: float = Field(description="The least number that may stand there.")
    most: float
    kind: str
    about: str
    words: dict[str, float] = Field(
        description="The words that may stand there, in order, with the middle of their range."
    )
    origin: str
    letter: str
    basis: str
    claims: list[Claim]


class Part(BaseModel):
    """Values whose addresses begin alike."""

    name: str
    title: str
    rows: list[Row]


def parts_of(opened: Opened, values: Values, reading: str | None) -> list[Part]:
    """Every value of a scenario, part by part, what people change most first."""
    names, claims = Names(opened.situation), opened.claims
    rests: dict[str, tuple[str, ...]] = {}
    if claims is not None:
        told = voices(opened.situation, claims, values, reading)
        rests = {
            a: speaking(value, (*told.shared.get(a, ()), *told.own.get(a, ())), told.own.get(a, ()))
            for a, value in values.items()
        }
    shown = {
        name: _claim(opened, name) for found in rests.values() for name in dict.fromkeys(found)
    }
    found: dict[str, list[Row]] = {head: [] for head in PARTS}
    for address, value in values.items():
        row = _row(opened, names, address, value, rests.get(address, ()), shown)
        found.setdefault(address.partition(".")[0], []).append(row)
    return [
        Part(name=head, title=PARTS.get(head, head.replace("_", " ").capitalize()), rows=rows)
        for head, rows in found.items()
        if rows
    ]


def _row(
    opened: Opened, names: Names, address: str, value: Value, rests: tuple[str, ...],
    shown: dict[str, Claim],
) -> Row:  # fmt: skip
    low, high = value.quantity.span
    basis = value_basis(value, rests, opened.claims)
    return Row(
        address=address, what=names.address(address), value=in_words(value.quantity),
        low=low, high=high, least=value.kind.bounds[0], most=value.kind.bounds[1],
        kind=value.kind.name, about=value.kind.about, words=words_of(value.kind),
        origin=origin_words(names, value.origin), letter=BASIS_MARKS[basis].letter,
        basis=BASIS_WORDS[basis], claims=[shown[name] for name in dict.fromkeys(rests)],
    )  # fmt: skip


def words_of(kind: Kind) -> dict[str, float]:
    """The words of a kind from least to most, with their middles; of two alike, the first."""
    by_range = {span: word for word, span in reversed(kind.words.items())}
    words = {by_range[span]: sum(span) / 2 for span in sorted(by_range)}
    if not kind.signed:
        return words
    return {f"minus {word}": -at for word, at in reversed(words.items()) if at} | words


def _claim(opened: Opened, name: str) -> Claim:
    assert opened.claims is not None
    told = attributed(opened.claims, name)
    return Claim(id=name, says=told.says, chain=told.chain, letter=told.letter, basis=told.basis)
