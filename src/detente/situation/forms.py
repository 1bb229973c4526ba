"""How what is written in a file becomes a value: words and numbers by their kind, references.

Each form is a type that a field of the schema takes, with its form in JSON Schema.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator, PlainSerializer, WithJsonSchema
from pydantic_core import PydanticCustomError

from detente.addresses import is_identifier, suggestion
from detente.checking import refuse
from detente.situation import kinds
from detente.situation.kinds import HEADS, Kind, kind_of
from detente.situation.quantities import Quantity, Unreadable, read
from detente.situation.writing import plain


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


def dotted_ref(text: str) -> str:
    """``issue.option`` as it is; refused where it is not of that form."""
    pieces = text.split(".")
    if len(pieces) != 2 or not all(is_identifier(piece) for piece in pieces):
        raise refuse(f"found {text!r}", "issue.option", "write the issue, a dot, the option")
    return text


OptionRef = Annotated[str, AfterValidator(dotted_ref)]

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
