"""detente spatial: where on a scale each model expects the decision."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console

from detente import __version__
from detente.addresses import suggestion
from detente.analysis.spatial import Placed, placed, whole_positions
from detente.cases.catalog import case_names
from detente.cases.opening import Opened, open_situation
from detente.cli.choosing import one_round, tail
from detente.cli.delivering import deliver
from detente.cli.preparing import prepare, writable
from detente.cli.progress import ready
from detente.cli.running import Request
from detente.errors import UsageError
from detente.figures.naming import Names
from detente.interchange.positions import SUFFIXES, read_scales
from detente.interchange.record import Account
from detente.report.spatial import Located, located_object, notes, print_located
from detente.sampling.draws import Draws, Plan
from detente.situation.dumping import content_hash
from detente.situation.scenarios import AS_WRITTEN, Scenario, read_settings, scenarios
from detente.situation.schema import Situation
from detente.situation.values import bearers, set_here
from detente.spatial.models import MODELS, Model, warm_models
from detente.spatial.scale import Scale
from detente.spatial.situated import scales_of
from detente.spatial.table import LENGTH


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a user asked to see besides the request: models and issues by name, the rest as typed."""

    models: tuple[str, ...]
    issues: tuple[str, ...]
    powers: tuple[str, ...]
    status_quo: tuple[str, ...] = ()


def spatial(request: Request, wanted: Wanted, *, as_json: bool, out: Path | None) -> None:
    """Forecast and print; with ``out``, write the page and the JSON. Raises UsageError."""
    models = wanted_models(wanted.models)
    if is_table(request.what):
        _of_table(request, wanted, models, as_json=as_json, out=out)
        return
    if wanted.status_quo:
        raise UsageError(
            f"--status-quo {wanted.status_quo[0]}: {request.what} is a situation, whose issues have "
            "a status_quo; it goes with a table of actors; leave it out"
        )
    opened = open_situation(request.what)
    situation = opened.situation
    issues = wanted_issues(situation, wanted.issues)
    powers = read_powers(situation, wanted.powers)
    found_scenarios = _scenarios(opened, request)
    prepare(opened, out)
    plan = Plan(request.draws, request.seed)
    names = Names(situation)
    found: list[Located] = []
    with ready(warm=warm_models) as teller:
        for scenario in found_scenarios:
            draws = Draws(scenario.values, plan, 0, plan.draws)
            scales = scales_of(situation, draws, list(situation.issues), powers)
            everywhere = placed(scales, models, teller.step(scenario.name))
            title = names.scenario(scenario.round, scenario.reading)
            found.append(Located(title, plan.draws, only(everywhere, issues)))
    laid = set_here(found_scenarios[0].values) | {
        f"power of {name}": f"{power:g}" for name, power in powers.items()
    }
    plain = {
        "detente": __version__,
        "situation": {"name": opened.name, "sha256": content_hash(situation)},
        "draws": plan.draws,
        "seed": plan.seed,
        "set": laid,
        "models": [_model_object(model) for model in models],
        "scenarios": [
            {"round": scenario.round, "reading": scenario.reading, **located_object(one)}
            for scenario, one in zip(found_scenarios, found, strict=True)
        ],
    }

    def page() -> str:
        from detente.report.spatial_html import Origin, render_located  # noqa: PLC0415 -- slow

        origin = Origin(
            situation.title, opened.name, __version__, laid, plan, content_hash(situation)
        )
        return render_located(found, origin)

    deliver(
        opened, plain, "spatial", out=out, as_json=as_json, page=page,
        show=_shown(found, tail(opened, request)),
    )  # fmt: skip


def is_table(what: str) -> bool:
    """Whether the user named a table of actors rather than a case or a situation."""
    return what not in case_names() and Path(what).suffix.lower() in SUFFIXES


def wanted_models(names: Sequence[str]) -> tuple[Model, ...]:
    """The models named, in the registry's order; all if none is. Raises UsageError."""
    _known("--model", names, tuple(MODELS))
    return tuple(model for name, model in MODELS.items() if not names or name in names)


def wanted_issues(situation: Situation, names: Sequence[str]) -> tuple[str, ...]:
    """The issues named, in the file's order; all if none is. Raises UsageError."""
    _known("--issue", names, tuple(situation.issues))
    return tuple(name for name in situation.issues if not names or name in names)


def only(found: Sequence[Placed], names: Sequence[str]) -> tuple[Placed, ...]:
    """Scales to show. All are computed: in some models one issue has a say in another."""
    return tuple(one for one in found if one.scale.name in names)


def read_powers(situation: Situation, texts: Sequence[str]) -> dict[str, float]:
    """``actor=number`` texts. Raises UsageError naming every mistake."""
    known = bearers(situation)
    found: dict[str, float] = {}
    mistakes: list[str] = []
    for text in texts:
        name, _, number = (part.strip() for part in text.partition("="))
        try:
            power = float(number)
        except ValueError:
            power = -1.0
        if name not in known:
            mistakes.append(
                f"--power {text}: no such actor with interests; {', '.join(known)}; "
                f"{suggestion(name, known)}"
            )
        elif not 0.0 <= power < float("inf"):
            mistakes.append(f"--power {text}: found {number!r}; a number from 0; write {name}=0.5")
        found[name] = power
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return found


def with_references(scales: Sequence[Scale], texts: Sequence[str]) -> tuple[Scale, ...]:
    """The scales with reference points as ``scale=number``. Raises UsageError naming every mistake."""
    known = tuple(scale.name for scale in scales)
    given: dict[str, float] = {}
    mistakes: list[str] = []
    for text in texts:
        name, _, number = (part.strip() for part in text.rpartition("="))
        try:
            given[name] = float(number)
        except ValueError:
            given[name] = -1.0
        if name not in known:
            mistakes.append(
                f"--status-quo {text}: no such scale; {', '.join(known)}; {suggestion(name, known)}"
            )
        elif not 0.0 <= given[name] <= LENGTH:
            mistakes.append(
                f"--status-quo {text}: found {number!r}; a number from 0 to 100; write {name}=30"
            )
    if mistakes:
        raise UsageError("\n".join(mistakes))
    return tuple(
        replace(one, table=replace(one.table, reference=np.array([given.get(one.name, np.nan)])))
        for one in scales
    )


def _known(option: str, names: Sequence[str], known: tuple[str, ...]) -> None:
    mistakes = [
        f"{option} {name}: unknown; {', '.join(known)}; {suggestion(name, known)}"
        for name in names
        if name not in known
    ]
    if mistakes:
        raise UsageError("\n".join(mistakes))


def _scenarios(opened: Opened, request: Request) -> list[Scenario]:
    round_ = one_round(opened.situation, request.rounds)
    return scenarios(
        opened.situation, opened.claims, rounds=(round_,) if round_ else (),
        readings=request.readings or (AS_WRITTEN,),
        patch=read_settings(opened.situation, request.settings),
    )  # fmt: skip


def _of_table(
    request: Request, wanted: Wanted, models: tuple[Model, ...], *, as_json: bool, out: Path | None
) -> None:
    refused = {
        "--round": request.rounds, "--reading": request.readings, "--set": request.settings,
        "--power": wanted.powers,
    }  # fmt: skip
    given = [option for option, values in refused.items() if values]
    if given:
        raise UsageError(
            f"{', '.join(given)}: {request.what} is a table of actors, which has none of these; "
            "they go with a case or a situation; leave them out"
        )
    account = Account()
    title, scales = read_scales(Path(request.what), account)
    _known("--issue", wanted.issues, tuple(scale.name for scale in scales))
    scales = with_references(scales, wanted.status_quo)
    shown = wanted.issues or tuple(scale.name for scale in scales)
    if out is not None:
        writable(out)
    whole = whole_positions(scales) if len(scales) > 1 else ()
    with ready(warm=warm_models) as teller:
        everywhere = placed(scales, models, teller.step(title))
    found = [Located(title, 1, only(everywhere, shown), whole)]
    plain = {
        "detente": __version__,
        "table": request.what,
        "remarks": [str(remark) for remark in account.remarks],
        "models": [_model_object(model) for model in models],
        **located_object(found[0]),
    }

    def page() -> str:
        from detente.report.spatial_html import Origin, render_located  # noqa: PLC0415 -- slow

        return render_located(found, Origin(title, request.what, __version__, {}))

    said = "\n".join(
        [*(str(one) for one in account.remarks), f"{request.what}, detente {__version__}"]
    )
    deliver(None, plain, "spatial", out=out, as_json=as_json, page=page, show=_shown(found, said))


def _shown(found: Sequence[Located], tail_: str) -> Callable[[Console], None]:
    said = "\n".join([*notes(found), tail_])
    return lambda console: print_located(console, found, said)


def _model_object(model: Model) -> dict[str, Any]:
    return {
        "name": model.name, "title": model.title, "says": model.says, "source": model.source,
        "baseline": model.baseline,
    }  # fmt: skip
