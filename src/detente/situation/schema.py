"""What an analyst writes, as data. Nothing here computes.

One class a section of the file. Cross-references are checked in ``references``,
uncertain values are read by ``quantities``, addresses are listed by ``values``.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    PlainSerializer,
    WithJsonSchema,
)
from pydantic_core import PydanticCustomError

from detente.addresses import is_identifier, suggestion
from detente.checking import Id, Label, Model, Text, refuse
from detente.situation import kinds
from detente.situation.kinds import HEADS, Kind, kind_of
from detente.situation.quantities import Quantity, Unreadable, read
from detente.situation.writing import plain

FORMAT = 1
Role = Literal["principal", "consenter", "spoiler", "influencer", "bystander"]
Happened = Literal[
    "held", "not-held", "called-off-in-tension", "called-off-without-prospect", "war",
    "deal", "no-deal", "tangible", "not-tangible", "other",
]  # fmt: skip
Sort = Literal["state", "organisation", "service", "person", "group"]


def _reader(kind: Kind) -> BeforeValidator:
    def convert(raw: object) -> Quantity:
        if isinstance(raw, Quantity):
            return raw
        try:
            return read(raw, kind)
        except Unreadable as error:
            raise refuse(error.found, error.allowed, error.remedy) from None

    return BeforeValidator(convert)


def _json_form(kind: Kind) -> WithJsonSchema:
    low, high = kind.bounds
    number = {"type": "number", "minimum": low, "maximum": high}
    words: list[dict[str, Any]] = [{"enum": list(kind.words)}] if kind.words else []
    table = {
        "type": "object",
        "description": "{low, high}, {low, mode, high}, {beta}, {normal} or {quantiles}",
    }
    text = {
        "type": "string",
        "description": "low..high" + (", minus <word>" if kind.signed else ""),
    }
    return WithJsonSchema({"description": kind.about, "anyOf": [*words, number, text, table]})


_written = PlainSerializer(plain)


def _dotted(parts: int) -> AfterValidator:
    def check(text: str) -> str:
        pieces = text.split(".")
        if len(pieces) != parts or not all(is_identifier(piece) for piece in pieces):
            raise refuse(f"found {text!r}", "issue.option", "write the issue, a dot, the option")
        return text

    return AfterValidator(check)


OptionRef = Annotated[str, _dotted(2)]

Preference = Annotated[
    Quantity, _reader(kinds.PREFERENCE_OF), _written, _json_form(kinds.PREFERENCE_OF)
]
Salience = Annotated[Quantity, _reader(kinds.SALIENCE), _written, _json_form(kinds.SALIENCE)]
Power = Annotated[Quantity, _reader(kinds.POWER), _written, _json_form(kinds.POWER)]
Amount = Annotated[Quantity, _reader(kinds.AMOUNT), _written, _json_form(kinds.AMOUNT)]
Misread = Annotated[Quantity, _reader(kinds.MISREADING), _written, _json_form(kinds.MISREADING)]
Outlook = Annotated[Quantity, _reader(kinds.OUTLOOK), _written, _json_form(kinds.OUTLOOK)]
Chance = Annotated[Quantity, _reader(kinds.CHANCE), _written, _json_form(kinds.CHANCE)]
Felt = Annotated[Quantity, _reader(kinds.FELT), _written, _json_form(kinds.FELT)]
Holds = Annotated[Quantity, _reader(kinds.HOLDS), _written, _json_form(kinds.HOLDS)]
Trust = Annotated[Quantity, _reader(kinds.TRUST), _written, _json_form(kinds.TRUST)]
Sincerity = Annotated[Quantity, _reader(kinds.SINCERITY), _written, _json_form(kinds.SINCERITY)]
Share = Annotated[Quantity, _reader(kinds.SHARE), _written, _json_form(kinds.SHARE)]
Level = Annotated[Quantity, _reader(kinds.LEVEL), _written, _json_form(kinds.LEVEL)]
Worth = Annotated[Quantity, _reader(kinds.WORTH), _written, _json_form(kinds.WORTH)]
Rate = Annotated[Quantity, _reader(kinds.RATE), _written, _json_form(kinds.RATE)]
Effect = Annotated[Quantity, _reader(kinds.EFFECT), _written, _json_form(kinds.EFFECT)]
Impatience = Annotated[Quantity, _reader(kinds.IMPATIENCE), _written, _json_form(kinds.IMPATIENCE)]
Days = Annotated[Quantity, _reader(kinds.DAYS), _written, _json_form(kinds.DAYS)]
Jump = Annotated[Quantity, _reader(kinds.JUMP), _written, _json_form(kinds.JUMP)]
Foresight = Annotated[Quantity, _reader(kinds.FORESIGHT), _written, _json_form(kinds.FORESIGHT)]
Noise = Annotated[Quantity, _reader(kinds.NOISE), _written, _json_form(kinds.NOISE)]
Collapse = Annotated[Quantity, _reader(kinds.COLLAPSE), _written, _json_form(kinds.COLLAPSE)]
Lasting = Annotated[Quantity, _reader(kinds.LASTING), _written, _json_form(kinds.LASTING)]
Pull = Annotated[Quantity, _reader(kinds.PULL), _written, _json_form(kinds.PULL)]
Months = Annotated[Quantity, _reader(kinds.MONTHS), _written, _json_form(kinds.MONTHS)]


def _read_patch(raw: object) -> object:
    """Read each value by the kind its address calls for; one error names one address."""
    if not isinstance(raw, dict):
        return raw
    patch: dict[str, Quantity] = {}
    for address, value in raw.items():  # pyright: ignore[reportUnknownVariableType]
        name = str(address)  # pyright: ignore[reportUnknownArgumentType]
        kind = kind_of(name)
        if kind is None:
            head = name.split(".", maxsplit=1)[0]
            remedy = suggestion(head, HEADS) if head not in HEADS else "see the list of addresses"
            raise _at(name, refuse(f"{name} is no address", "the addresses of this file", remedy))
        try:
            patch[name] = value if isinstance(value, Quantity) else read(value, kind)  # pyright: ignore[reportUnknownArgumentType]
        except Unreadable as error:
            raise _at(name, refuse(error.found, error.allowed, error.remedy)) from None
    return patch


def _at(key: str, error: PydanticCustomError) -> PydanticCustomError:
    """Carry the key of a patch entry, which a whole-dict validator cannot put in ``loc``."""
    context = {**(error.context or {}), "key": key}
    return PydanticCustomError("detente", "{found}; {allowed}; {remedy}", context)


Patch = Annotated[
    dict[str, Quantity],
    BeforeValidator(_read_patch),
    PlainSerializer(lambda patch: {key: plain(value) for key, value in patch.items()}),
    WithJsonSchema({"type": "object", "description": "values by address"}),
]


class Scales(Model):
    """The scales the words of this file are read on, with their versions."""

    preference: Literal["preference/1"] = "preference/1"
    magnitude: Literal["stake/1"] = "stake/1"
    probability: Literal["icd-203/1"] = "icd-203/1"
    degree: Literal["degree/1"] = "degree/1"


class Actor(Model):
    """A party or somebody who moves one."""

    name: Label
    role: Annotated[
        tuple[Role, ...],
        BeforeValidator(lambda raw: (raw,) if isinstance(raw, str) else raw),
        Field(min_length=1),
    ]
    sort: Sort = "state"
    aliases: tuple[Label, ...] = ()
    power: Power | None = None
    consents_to: tuple[OptionRef, ...] = ()
    note: Text = ""


class Option(Model):
    """One way an issue may be settled."""

    name: Text = ""
    obligors: tuple[Id, ...] = Field(default=(), description="who has to deliver it")
    undelivered: Id | None = Field(default=None, description="what is left if it is not delivered")
    at: Annotated[float, Field(ge=0.0, le=100.0)] | None = Field(
        default=None, description="its place on a scale from 0 to 100, for detente spatial"
    )


def _option(raw: object) -> object:
    return {"name": raw or ""} if raw is None or isinstance(raw, str) else raw


class Issue(Model):
    """One question on the table, its options and what parties think of them."""

    name: Text = ""
    status_quo: Id
    options: Annotated[
        dict[Id, Annotated[Option, BeforeValidator(_option)]], Field(min_length=2, max_length=12)
    ]
    salience: dict[Id, Salience] = {}
    preferences: dict[Id, dict[Id, Preference]] = {}
    note: Text = ""


class RedLine(Model):
    """An option whose crossing costs its owner dearly, or that no price would buy."""

    actor: Id
    option: OptionRef
    cost: Amount | None = None
    absolute: Chance | None = None
    note: Text = ""


_Refs = Annotated[
    tuple[OptionRef, ...],
    BeforeValidator(lambda raw: (raw,) if isinstance(raw, str) else raw),
    Field(min_length=1),
]


class Link(Model):
    """Options that need, exclude or enhance one another."""

    id: Id
    when: Annotated[_Refs, Field(alias="if", description="any of these options")]
    requires: _Refs | None = None
    excludes: _Refs | None = None
    together: _Refs | None = Field(default=None, alias="with")
    match: Literal["any", "all"] = "any"
    worth: dict[Id, Worth] = {}
    holds: Holds | None = None
    note: Text = ""


def _rule(raw: object) -> object:
    words: dict[object, dict[str, bool]] = {"unanimity": {}, "majority": {"majority": True}}
    if isinstance(raw, str):
        if raw not in words:
            raise refuse(
                f"found {raw!r}", "unanimity, majority, or {quorum: SHARE, weights: …, veto: […]}",
                suggestion(raw, [str(word) for word in words]),
            )  # fmt: skip
        return words[raw]
    return raw


class Rule(Model):
    """Who must agree: every principal, or enough of them and whoever has a veto."""

    majority: bool = Field(default=False, description="more than half of the votes")
    quorum: Annotated[float, Field(gt=0.0, le=1.0)] | None = Field(
        default=None, description="the share of votes that carries a package"
    )
    weights: dict[Id, Annotated[float, Field(gt=0.0, le=1e6)]] = Field(
        default={}, description="votes by principal; one each by default"
    )
    veto: tuple[Id, ...] = Field(default=(), description="principals without whom nothing passes")

    @property
    def unanimity(self) -> bool:
        """Whether every principal must agree."""
        return not self.majority and self.quorum is None


class Pressure(Model):
    """Something that makes a party impatient, and what would relieve it."""

    id: Id
    on: Id
    name: Text = ""
    severity: Amount
    felt: Felt | None = None
    relieved_by: dict[OptionRef, Share] = {}
    driver: Id = "pressure"
    note: Text = ""


class Influence(Model):
    """How far one actor's interests count in another's judgement."""

    from_: Annotated[Id, Field(alias="from")]
    to: Id
    weight: Amount
    note: Text = ""


class Escalation(Model):
    """War that nobody wants: its risk without a deal, its cost, what removes it."""

    rate: Rate | None = None
    tension_effect: Effect | None = None
    horizon: Months | None = None
    loss: dict[Id, Amount] = {}
    suspicion: dict[Id, Share] = {}
    removed_by: dict[OptionRef, Share] = {}
    note: Text = ""


class HalfLife(Model):
    """Days in which what incidents added falls by half."""

    tension: Days | None = None
    fear: Days | None = None


class Recorded(Model):
    """An incident that has happened: it moves tension and fear in rounds that come after it.

    What observers take for the other principal's doing raises tension, what they take
    for staged raises fear. A severity below 0 eases.
    """

    id: Id
    date: date
    name: Text = ""
    severity: Jump
    staged: Chance | None = None
    accused: tuple[Id, ...] = ()
    driver: Literal["tension", "fear"] | None = None
    note: Text = ""


class IncidentKind(Model):
    """Incidents that may still come, at a rate a month."""

    id: Id
    name: Text = ""
    rate: Rate
    severity: Jump
    staged: Chance | None = None
    accused: tuple[Id, ...] = ()
    note: Text = ""


class Sabotage(Model):
    """What a spoiler could add to a kind of incident, and what that would cost it."""

    by: Id
    kind: Id
    capability: Rate
    cost: Amount | None = None
    after: Rate | None = None
    note: Text = ""


class CallingOff(Model):
    """What ends a meeting before it begins."""

    rate: Rate | None = Field(default=None, description="called off a month, at full tension")
    least: dict[Id, Chance] = Field(
        default={}, description="least chance of a result worth going for"
    )
    foresight: dict[Id, Foresight] = {}
    note: Text = ""


class RunUp(Model):
    """The road to the meeting: the mood it starts in, incidents, what may call it off."""

    step: Annotated[int, Field(ge=1, le=31, description="days a step")] = 1
    lookback: Annotated[int, Field(ge=0, le=730, description="days before the announcement")] = 120
    tension: Level | None = None
    fear: Level | None = None
    half_life: HalfLife = HalfLife()
    recorded: Annotated[tuple[Recorded, ...], Field(max_length=100)] = ()
    incidents: Annotated[tuple[IncidentKind, ...], Field(max_length=20)] = ()
    sabotage: Annotated[tuple[Sabotage, ...], Field(max_length=40)] = ()
    noise: Noise | None = None
    calling_off: CallingOff = CallingOff()
    note: Text = ""


class Aftermath(Model):
    """How long a deal would last."""

    rate: Collapse | None = None
    surplus_effect: Pull | None = None
    trust_effect: Pull | None = None
    tension_effect: Pull | None = None
    horizon: Lasting | None = None
    note: Text = ""


class Round(Model):
    """One meeting, planned or held, and what was different then.

    With ``announced`` and ``planned`` (or ``met``) it has a run-up.
    """

    title: Label
    announced: date | None = None
    planned: date | None = Field(default=None, description="the day of the meeting, as planned")
    met: date | None = Field(default=None, description="the day they did meet")
    note: Text = ""
    set: Patch = {}


class Disbelief(Model):
    """Claims a reading does not take: by id, by origin (the last of the chain), by source."""

    claims: tuple[Id, ...] = ()
    speakers: tuple[Id, ...] = ()
    sources: tuple[Id, ...] = ()


class Reading(Model):
    """One way of reading the account, by whom, and what it disputes."""

    title: Label
    speaker: Label
    prior: Chance | None = None
    note: Text = ""
    claims: tuple[Id, ...] = ()
    set: Patch = {}
    disbelieve: Disbelief = Disbelief()


class Event(Model):
    """What then happened, from the public record. Never an input.

    It weighs readings against each other, unless it was known when they were written.
    """

    id: Id
    date: date
    until: date | None = None
    round: Id
    outcome: Happened
    says: Text
    source: Text


class Tangible(Model):
    """Which options make a deal a tangible one."""

    any_of: tuple[OptionRef, ...] = ()
    all_of: tuple[OptionRef, ...] = ()


class ClassUse(Model):
    """A reference class that an event of this situation belongs to."""

    class_: Annotated[
        str, Field(alias="class", max_length=60, description="see detente outside --list")
    ]
    weight: Annotated[float, Field(gt=0.0, le=1e6)] = Field(
        default=1.0, description="beside the other classes of the event; 1 by default"
    )
    why: Text = Field(default="", description="why this class is one for the event")


_Classes = Annotated[tuple[ClassUse, ...], Field(max_length=20)]


class Outside(Model):
    """The outside view: for each event the reference classes it belongs to.

    It changes nothing in the draws. It stands beside what they say.
    """

    weight: Annotated[float, Field(ge=0.0, le=1.0)] | None = Field(
        default=None, description="of the outside view in the pooled forecast; 0.5 by default"
    )
    held: _Classes = Field(default=(), description="the meeting takes place")
    deal: _Classes = Field(default=(), description="they meet and a deal closes")
    tangible_given_held: _Classes = Field(
        default=(), description="something tangible is agreed, if they meet"
    )
    tangible: _Classes = Field(default=(), description="they meet and agree on something tangible")
    lasts_given_deal: _Classes = Field(
        default=(), description="the deal outlasts the horizon, if there is one"
    )
    escalates: _Classes = Field(default=(), description="the principals are drawn into war")
    note: Text = ""

    @property
    def by_event(self) -> dict[str, tuple[ClassUse, ...]]:
        """The classes of each event that names some, in the order of the fields."""
        uses = {
            "held": self.held, "deal": self.deal, "tangible_given_held": self.tangible_given_held,
            "tangible": self.tangible, "lasts_given_deal": self.lasts_given_deal,
            "escalates": self.escalates,
        }  # fmt: skip
        return {name: classes for name, classes in uses.items() if classes}


class Situation(Model):
    """A coming negotiation, as one analyst has written it down."""

    detente: Literal[1]
    title: Label
    question: Text = ""
    about: Text = ""
    as_of: date | None = Field(
        default=None, description="the last day the account and its readings could know of"
    )
    scales: Scales = Scales()
    actors: Annotated[dict[Id, Actor], Field(min_length=2, max_length=60)]
    issues: Annotated[dict[Id, Issue], Field(min_length=1, max_length=40)]
    red_lines: Annotated[tuple[RedLine, ...], Field(max_length=200)] = ()
    outlook: dict[Id, Outlook] = {}
    signing_cost: dict[Id, Amount] = {}
    misreading: dict[Id, Misread] = {}
    hardening: dict[Id, Amount] = {}
    leverage: dict[Id, Amount] = Field(
        default={}, description="how far a consenter can be brought round"
    )
    impatience: Impatience | None = None
    rule: Annotated[Rule, BeforeValidator(_rule)] = Field(
        default=Rule(), description="unanimity, majority, or a quorum with weights and vetoes"
    )
    links: Annotated[tuple[Link, ...], Field(max_length=60)] = ()
    pressures: Annotated[tuple[Pressure, ...], Field(max_length=100)] = ()
    influence: Annotated[tuple[Influence, ...], Field(max_length=400)] = ()
    trust: dict[Id, dict[Id, Trust]] = {}
    sincerity: dict[Id, Sincerity] = {}
    runup: RunUp = RunUp()
    escalation: Escalation = Escalation()
    aftermath: Aftermath | None = Field(
        default=None, description="{} for how long deals last, by default"
    )
    rounds: Annotated[dict[Id, Round], Field(max_length=50)] = {}
    readings: Annotated[dict[Id, Reading], Field(max_length=50)] = {}
    events: Annotated[tuple[Event, ...], Field(max_length=100)] = ()
    claims: Text | None = None
    tangible: Tangible = Tangible()
    outside: Outside | None = Field(
        default=None, description="reference classes to hold the forecast against"
    )

    def with_role(self, role: Role) -> tuple[str, ...]:
        """Names of the actors that have ``role``, in file order."""
        return tuple(name for name, actor in self.actors.items() if role in actor.role)
