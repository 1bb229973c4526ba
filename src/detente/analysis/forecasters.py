"""Who is held against decisions of the European Union: every spatial model, and what data allow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats, Ints
from detente.errors import UsageError
from detente.interchange.deu_power import with_shapley
from detente.interchange.deu_record import COMMISSION, Decisions
from detente.spatial.models import MODELS, Model

MAIN = "compromise"
SHAPLEY, COMMISSIONS = "compromise-shapley", "commission"


@dataclass(frozen=True, slots=True)
class Forecaster:
    """A point forecast of each decision, 0 to 100, NaN where it has none.

    ``title`` is its name in tables, ``says`` one sentence, ``source`` who published it;
    ``baseline`` marks what a model has to beat.
    """

    name: str
    title: str
    says: str
    source: str
    baseline: bool
    function: Callable[[Decisions, Ints], Floats]

    def __call__(self, decisions: Decisions) -> Floats:
        """The forecast of each decision. Axis (case,)."""
        return self.function(decisions, numbered(decisions.proposal))


def forecasters(names: Sequence[str] = ()) -> tuple[Forecaster, ...]:
    """Those named, or all: models first, baselines last. The main model always comes along.

    Raises UsageError for a name that there is not.
    """
    known = [_of(model) for model in MODELS.values()]
    models = [one for one in known if not one.baseline]
    baselines = [one for one in known if one.baseline]
    every = (models[0], _SHAPLEY, *models[1:], *baselines, _COMMISSION)
    unknown = sorted(set(names) - {one.name for one in every})
    if unknown:
        listed = ", ".join(one.name for one in every)
        raise UsageError(f"--models {','.join(unknown)}: no such model; name some of {listed}")
    return tuple(one for one in every if not names or one.name in names or one.name == MAIN)


def numbered(names: Sequence[str]) -> Ints:
    """Names as numbers from 0, the same for the same. Axis (case,)."""
    return np.unique(np.array(names), return_inverse=True)[1].astype(np.int64)


def _of(model: Model) -> Forecaster:
    def forecast(decisions: Decisions, together: Ints) -> Floats:
        return model(decisions.table, together)

    return Forecaster(model.name, model.title, model.says, model.source, model.baseline, forecast)


def _shapley(decisions: Decisions, _: Ints) -> Floats:
    return MODELS[MAIN](with_shapley(decisions))


def _commission(decisions: Decisions, _: Ints) -> Floats:
    return decisions.table.position[:, decisions.actors.index(COMMISSION)]


_SHAPLEY = Forecaster(
    SHAPLEY, "compromise, Shapley–Shubik power",  # noqa: RUF001 -- two people, an en dash
    "The compromise with power as the Shapley–Shubik index of the states that take a position.",  # noqa: RUF001
    "Shapley & Shubik 1954", False, _shapley,
)  # fmt: skip
_COMMISSION = Forecaster(
    COMMISSIONS, "Commission\u2019s position", "Where the Commission stands, which proposes the text.",
    "baseline", True, _commission,
)  # fmt: skip
