"""The kinds of uncertain quantity: which words they take, their bounds and defaults.

A kind is found from an address alone, so a patch can be read without knowing
the rest of the file.
"""

from __future__ import annotations

from dataclasses import dataclass

from detente.words import DEGREE, MAGNITUDE, PREFERENCE, PROBABILITY, Scale

Bounds = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Kind:
    """What may stand at an address.

    ``default`` holds when the file is silent; ``neutral`` when every claim that
    supported the address is taken away. Both are ranges, equal ends for a point.
    """

    name: str
    scales: tuple[Scale, ...]
    bounds: Bounds
    default: Bounds
    neutral: Bounds
    about: str

    @property
    def words(self) -> dict[str, Bounds]:
        """Every word this kind takes, with its range."""
        return {word: span for scale in self.scales for word, span in scale.ranges.items()}

    @property
    def signed(self) -> bool:
        """Whether ``minus`` may stand before a word."""
        return self.bounds[0] < 0

    @property
    def allowed(self) -> str:
        """One line on what may be written here."""
        words = ", ".join(self.words)
        sign = " (or minus a word)" if self.signed else ""
        low, high = self.bounds
        return f"{self.name}: {words}{sign}, or numbers from {low:g} to {high:g}"


NOTHING: Bounds = (0.0, 0.0)
CERTAIN: Bounds = (1.0, 1.0)
ANYTHING: Bounds = (0.0, 1.0)

PREFERENCE_OF = Kind(
    "preference", (PREFERENCE,), ANYTHING, ANYTHING, ANYTHING, "what a party thinks of an option"
)
SALIENCE = Kind(
    "salience", (MAGNITUDE,), ANYTHING, NOTHING, (0.0, 0.6), "weight of an issue to a party"
)
POWER = Kind(
    "power", (DEGREE,), (1e-6, 1.0), (0.5, 0.5), (0.2, 1.0), "weight of a principal at the table"
)
AMOUNT = Kind(
    "magnitude", (MAGNITUDE,), ANYTHING, NOTHING, NOTHING, "share of a party's whole stake"
)
MISREADING = Kind(
    "misreading",
    (MAGNITUDE,),
    ANYTHING,
    MAGNITUDE.ranges["very low"],
    MAGNITUDE.ranges["very low"],
    "how far the other side's demand is misjudged, in stakes",
)
OUTLOOK = Kind(
    "outlook", (MAGNITUDE,), (-1.0, 1.0), NOTHING, NOTHING, "what time alone is expected to bring"
)
CHANCE = Kind("probability", (PROBABILITY,), ANYTHING, NOTHING, NOTHING, "how likely it is")
FELT = Kind("felt", (PROBABILITY,), ANYTHING, CERTAIN, CERTAIN, "how likely a pressure is felt")
HOLDS = Kind("holds", (PROBABILITY,), ANYTHING, CERTAIN, NOTHING, "how likely a link is in force")
TRUST = Kind(
    "trust",
    (DEGREE, PROBABILITY),
    ANYTHING,
    ANYTHING,
    ANYTHING,
    "chance given to another's keeping its word",
)
SINCERITY = Kind(
    "sincerity",
    (DEGREE, PROBABILITY),
    ANYTHING,
    CERTAIN,
    ANYTHING,
    "chance that a party means to deliver what it signs",
)
SHARE = Kind("share", (DEGREE,), ANYTHING, NOTHING, NOTHING, "share of a whole")
LEVEL = Kind("level", (DEGREE,), ANYTHING, NOTHING, NOTHING, "level from nothing to everything")
WORTH = Kind("worth", (MAGNITUDE,), (-1.0, 1.0), NOTHING, NOTHING, "worth of two options together")
RATE = Kind("rate", (), (0.0, 10.0), NOTHING, NOTHING, "events a month in a calm time")
EFFECT = Kind("effect", (), (0.0, 10.0), NOTHING, NOTHING, "strength of an effect in an exponent")
IMPATIENCE = Kind(
    "impatience",
    (),
    (0.0, 10.0),
    CERTAIN,
    CERTAIN,
    "how far felt pressure lowers a principal's weight",
)
MONTHS = Kind("months", (), (0.0, 120.0), (6.0, 6.0), (6.0, 6.0), "months looked ahead")

_SIMPLE: dict[str, tuple[Kind, int]] = {
    "preferences": (PREFERENCE_OF, 3),
    "salience": (SALIENCE, 2),
    "power": (POWER, 1),
    "outlook": (OUTLOOK, 1),
    "signing_cost": (AMOUNT, 1),
    "misreading": (MISREADING, 1),
    "hardening": (AMOUNT, 1),
    "leverage": (AMOUNT, 1),
    "influence": (AMOUNT, 2),
    "trust": (TRUST, 2),
    "sincerity": (SINCERITY, 1),
    "impatience": (IMPATIENCE, 0),
}
_FIELDS: dict[tuple[str, str], tuple[Kind, int, int]] = {
    # (head, field): kind, parts between head and field, parts after the field
    ("red_lines", "cost"): (AMOUNT, 3, 0),
    ("red_lines", "absolute"): (CHANCE, 3, 0),
    ("links", "holds"): (HOLDS, 1, 0),
    ("links", "worth"): (WORTH, 1, 1),
    ("pressures", "severity"): (AMOUNT, 1, 0),
    ("pressures", "felt"): (FELT, 1, 0),
    ("pressures", "relieved_by"): (SHARE, 1, 2),
    ("escalation", "rate"): (RATE, 0, 0),
    ("escalation", "tension_effect"): (EFFECT, 0, 0),
    ("escalation", "horizon"): (MONTHS, 0, 0),
    ("escalation", "loss"): (AMOUNT, 0, 1),
    ("escalation", "suspicion"): (SHARE, 0, 1),
    ("escalation", "removed_by"): (SHARE, 0, 2),
    ("runup", "tension"): (LEVEL, 0, 0),
    ("runup", "fear"): (LEVEL, 0, 0),
}
HEADS: tuple[str, ...] = tuple(dict.fromkeys([*_SIMPLE, *(head for head, _ in _FIELDS)]))


def kind_of(address: str) -> Kind | None:
    """The kind that belongs at ``address``, or None if no address has that form."""
    head, *rest = address.split(".")
    if head in _SIMPLE:
        kind, parts = _SIMPLE[head]
        return kind if len(rest) == parts else None
    for (of, field), (kind, before, after) in _FIELDS.items():
        if of == head and len(rest) == before + 1 + after and rest[before] == field:
            return kind
    return None


def kind_forms() -> list[tuple[str, Kind]]:
    """Every form an address can take, with its kind: for reference pages."""
    parts = {
        "preferences": ".ACTOR.ISSUE.OPTION",
        "salience": ".ACTOR.ISSUE",
        "influence": ".FROM.TO",
        "trust": ".WHO.WHOM",
        "impatience": "",
    }
    simple = [(head + parts.get(head, ".ACTOR"), kind) for head, (kind, _) in _SIMPLE.items()]
    inner = {"red_lines": ".ACTOR.ISSUE.OPTION", "links": ".LINK", "pressures": ".PRESSURE"}
    after = {1: ".ACTOR", 2: ".ISSUE.OPTION"}
    fields = [
        (f"{head}{inner.get(head, '')}.{field}{after.get(rest, '')}", kind)
        for (head, field), (kind, _, rest) in _FIELDS.items()
    ]
    return [*simple, *fields]
