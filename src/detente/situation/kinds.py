"""The kinds of uncertain quantity: which words they take, their bounds and defaults.

A kind is found from an address alone, so a patch can be read without knowing
the rest of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from detente.published import PEACE_AGREEMENTS
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
        low, high = self.bounds
        return {
            word: (min(max(bottom, low), high), min(max(top, low), high))
            for scale in self.scales
            for word, (bottom, top) in scale.ranges.items()
        }

    @property
    def signed(self) -> bool:
        """Whether ``minus`` may stand before a word."""
        return self.bounds[0] < 0

    @property
    def allowed(self) -> str:
        """One line on what may be written here."""
        low, high = self.bounds
        numbers = f"numbers from {low:g} to {high:g}"
        if not self.words:
            return f"{self.name} ({self.about}): {numbers}"
        sign = " (or minus a word)" if self.signed else ""
        return f"{self.name}: {', '.join(self.words)}{sign}, or {numbers}"


NOTHING: Bounds = (0.0, 0.0)
CERTAIN: Bounds = (1.0, 1.0)
ANYTHING: Bounds = (0.0, 1.0)
COLLAPSE_INTERVAL: Bounds = (PEACE_AGREEMENTS.low, PEACE_AGREEMENTS.high)

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

DAYS = Kind("days", (), (0.1, 3650.0), (30.0, 90.0), (30.0, 90.0), "days to fall by half")
JUMP = Kind(
    "jump", (DEGREE,), (-1.0, 1.0), NOTHING, NOTHING, "how far an incident moves tension or fear"
)
FORESIGHT = Kind(
    "foresight",
    (DEGREE,),
    ANYTHING,
    (0.5, 0.5),
    (0.5, 0.5),
    "how well a principal foresees a result",
)
NOISE = Kind("noise", (), (1e-6, 1.0), (0.1, 0.1), (0.1, 0.1), "spread of a spoiler's judgement")
COLLAPSE = Kind(
    "collapse", (), (0.0, 10.0), COLLAPSE_INTERVAL, COLLAPSE_INTERVAL, "agreements ending a month"
)
LASTING = Kind("months", (), (1.0, 600.0), (60.0, 60.0), (60.0, 60.0), "months a deal should last")
PULL = Kind("effect", (), (0.0, 10.0), CERTAIN, CERTAIN, "strength of an effect in an exponent")

# Every form an address can take; capitals stand for names of the file.
_FORMS: tuple[tuple[str, Kind], ...] = (
    ("preferences.ACTOR.ISSUE.OPTION", PREFERENCE_OF),
    ("salience.ACTOR.ISSUE", SALIENCE),
    ("power.ACTOR", POWER),
    ("outlook.ACTOR", OUTLOOK),
    ("signing_cost.ACTOR", AMOUNT),
    ("misreading.ACTOR", MISREADING),
    ("hardening.ACTOR", AMOUNT),
    ("leverage.ACTOR", AMOUNT),
    ("influence.FROM.TO", AMOUNT),
    ("trust.WHO.WHOM", TRUST),
    ("sincerity.ACTOR", SINCERITY),
    ("impatience", IMPATIENCE),
    ("red_lines.ACTOR.ISSUE.OPTION.cost", AMOUNT),
    ("red_lines.ACTOR.ISSUE.OPTION.absolute", CHANCE),
    ("links.LINK.holds", HOLDS),
    ("links.LINK.worth.ACTOR", WORTH),
    ("pressures.PRESSURE.severity", AMOUNT),
    ("pressures.PRESSURE.felt", FELT),
    ("pressures.PRESSURE.relieved_by.ISSUE.OPTION", SHARE),
    ("escalation.rate", RATE),
    ("escalation.tension_effect", EFFECT),
    ("escalation.horizon", MONTHS),
    ("escalation.loss.ACTOR", AMOUNT),
    ("escalation.suspicion.ACTOR", SHARE),
    ("escalation.removed_by.ISSUE.OPTION", SHARE),
    ("runup.tension", LEVEL),
    ("runup.fear", LEVEL),
    ("runup.half_life.tension", DAYS),
    ("runup.half_life.fear", DAYS),
    ("runup.recorded.INCIDENT.severity", JUMP),
    ("runup.recorded.INCIDENT.staged", CHANCE),
    ("runup.incidents.INCIDENT.rate", RATE),
    ("runup.incidents.INCIDENT.severity", JUMP),
    ("runup.incidents.INCIDENT.staged", CHANCE),
    ("runup.sabotage.ACTOR.INCIDENT.capability", RATE),
    ("runup.sabotage.ACTOR.INCIDENT.cost", AMOUNT),
    ("runup.sabotage.ACTOR.INCIDENT.after", RATE),
    ("runup.noise", NOISE),
    ("runup.calling_off.rate", RATE),
    ("runup.calling_off.least.ACTOR", CHANCE),
    ("runup.calling_off.foresight.ACTOR", FORESIGHT),
    ("aftermath.rate", COLLAPSE),
    ("aftermath.surplus_effect", PULL),
    ("aftermath.trust_effect", PULL),
    ("aftermath.tension_effect", PULL),
    ("aftermath.horizon", LASTING),
)
HEADS: tuple[str, ...] = tuple(dict.fromkeys(form.split(".")[0] for form, _ in _FORMS))
_BY_LENGTH = {
    length: [(form.split("."), kind) for form, kind in _FORMS if form.count(".") == length]
    for length in range(6)
}


@cache
def kind_of(address: str) -> Kind | None:
    """The kind that belongs at ``address``, or None if no address has that form."""
    parts = address.split(".")
    for form, kind in _BY_LENGTH.get(len(parts) - 1, ()):
        if all(want.isupper() or want == got for want, got in zip(form, parts, strict=True)):
            return kind
    return None


def kind_forms() -> tuple[tuple[str, Kind], ...]:
    """Every form an address can take, with its kind: for reference pages."""
    return _FORMS
