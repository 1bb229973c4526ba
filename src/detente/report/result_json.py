"""The result as one JSON object. Its schema is documented and kept stable."""

from __future__ import annotations

from typing import Any

from detente import __version__
from detente.analysis.answer import Answer, Run
from detente.analysis.outside_view import ahead
from detente.analysis.support import by_basis
from detente.analysis.uncertainty import LEVEL
from detente.figures.spans import main
from detente.model.causes import CAUSES, HELD
from detente.report.attributing import claim_object
from detente.report.outside import outside_object
from detente.situation.dumping import content_hash
from detente.situation.values import set_here

FORMAT = "detente-result/1"


def result_object(run: Run, name: str) -> dict[str, Any]:
    """The whole result. ``name`` is the case or file the situation came from."""
    return {
        "format": FORMAT,
        "detente": __version__,
        "situation": name,
        "title": run.situation.title,
        "sha256": content_hash(run.situation),
        "seed": run.plan.seed,
        "draws": run.plan.draws,
        "protocol": run.protocol,
        "set": set_here(run.scenarios[0].values) if run.scenarios else {},
        "runs": [_answer(answer, run.first) for answer in run.answers],
        "outside": outside_object(ahead(run)),
        "claims": [claim_object(run.claims, name) for name in run.claims.claims]
        if run.claims
        else [],
    }


def _answer(answer: Answer, first: int) -> dict[str, Any]:
    """One scenario; ``first``: how many draws say what moves its answer."""
    return {
        "round": answer.round,
        "reading": answer.reading,
        "probabilities": {
            name: {"p": estimate.p, "mc_se": estimate.mc_se}
            for name, estimate in answer.probabilities.items()
        },
        "input_spread": {
            "of": main(answer),
            "level": LEVEL,
            "low": answer.spread.low,
            "high": answer.spread.high,
            "points": answer.spread.points,
        },
        "not_held": {
            cause: {"p": estimate.p, "mc_se": estimate.mc_se}
            for cause, estimate in (answer.road.causes if answer.road else {}).items()
            if cause != CAUSES[HELD]
        },
        "zone": {
            "exists": answer.zone.exists,
            "median_packages": answer.zone.median,
            "median_allowed": answer.zone.allowed,
            "tied": answer.zone.tied,
            "median_packages_se": answer.zone.error,
            "unresolved": answer.zone.unresolved,
            "unknown": answer.zone.unknown,
        },
        "packages": [
            {
                "share": package.share,
                "changes": list(package.changes),
                "options": package.options,
                "gain": package.gain,
            }
            for package in answer.packages
        ],
        "blockers": [
            {"constraints": list(found.constraints), "share": found.share}
            for found in answer.blockers.sets
        ],
        "no_deal": {
            "no_zone": answer.blockers.no_zone,
            "not_closed": answer.blockers.not_closed,
            "larger_than_three": answer.blockers.larger,
            "more_sets_than_kept": answer.blockers.cut,
        },
        "rests_on": {
            "draws": first,
            "shares": by_basis(answer.rests),
            "addresses": [
                {
                    "address": rest.address,
                    "value": rest.value,
                    "origin": rest.origin,
                    "basis": rest.basis,
                    "claims": list(rest.claims),
                    "moves": rest.moves,
                }
                for rest in answer.rests
            ],
        },
    }
