"""What a file may say for the other lenses: reference classes, who controls which move."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field

from detente.checking import Id, Model, Text
from detente.situation.forms import OptionRef, dotted_ref


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


def _statement(text: str) -> str:
    dotted_ref(text.removeprefix("not ").strip())
    return text


_Statement = Annotated[
    tuple[Annotated[str, AfterValidator(_statement)], ...],
    BeforeValidator(lambda raw: (raw,) if isinstance(raw, str) else raw),
    Field(min_length=1, max_length=12),
]


class Stability(Model):
    """What the graph model takes beyond the rest of the file: moves, and orders by hand."""

    controls: dict[OptionRef, Annotated[tuple[Id, ...], Field(min_length=1)]] = Field(
        default={}, description="who takes an option up together and may drop it alone"
    )
    irreversible: tuple[OptionRef, ...] = Field(
        default=(), description="options that cannot be dropped once they are taken up"
    )
    order: dict[Id, Annotated[tuple[_Statement, ...], Field(max_length=60)]] = Field(
        default={}, description="statements by actor, each outweighing all after it"
    )
    note: Text = ""
