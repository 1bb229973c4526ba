"""Every protocol there is: what it says, the axioms it satisfies, where it comes from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from detente.addresses import suggestion
from detente.bargaining.alternating_offers import alternating_offers
from detente.bargaining.branch.solving import branch_and_bound
from detente.bargaining.branch.task import LEAST as BY_LEAST
from detente.bargaining.branch.task import NASH as BY_PRODUCT
from detente.bargaining.branch.task import SUM as BY_SUM
from detente.bargaining.egalitarian import egalitarian
from detente.bargaining.kalai_smorodinsky import kalai_smorodinsky
from detente.bargaining.nash import nash
from detente.bargaining.solution import Question, Solution
from detente.bargaining.take_it_or_leave_it import take_it_or_leave_it
from detente.bargaining.utilitarian import utilitarian
from detente.errors import UsageError


@dataclass(frozen=True, slots=True)
class Protocol:
    """One theory of which package is agreed on.

    ``letter`` stands for it in tables and pictures; ``axioms`` name what its conformance
    tests check on a finite zone.
    """

    name: str
    letter: str
    title: str
    says: str
    axioms: tuple[str, ...]
    source: str
    solve: Callable[[Question], Solution]
    branch: Callable[[Question], Solution] | None = None  # the same without enumerating
    two_only: bool = False
    unanimity_only: bool = False


NASH = "nash"
AUTO, ENUMERATE, BRANCH = "auto", "enumerate", "branch"
METHODS = (AUTO, ENUMERATE, BRANCH)
EFFICIENT = "efficiency"
SYMMETRIC = "symmetry"
SCALE_FREE = "scale invariance"
INDEPENDENT = "independence of irrelevant alternatives"
RESTRICTED = "restricted monotonicity"
MONOTONIC = "monotonicity"

PROTOCOLS: dict[str, Protocol] = {
    one.name: one
    for one in (
        Protocol(
            NASH, "N", "Asymmetric Nash", "the largest product of surpluses, each to its weight",
            (EFFICIENT, SYMMETRIC, SCALE_FREE, INDEPENDENT), "Nash 1950; Kalai 1977", nash,
            partial(branch_and_bound, how=BY_PRODUCT),
        ),
        Protocol(
            "kalai-smorodinsky", "K", "Kalai\u2013Smorodinsky",
            "everybody the same share of the most it could get",
            (EFFICIENT, SYMMETRIC, SCALE_FREE, RESTRICTED), "Kalai & Smorodinsky 1975",
            kalai_smorodinsky, partial(branch_and_bound, how=BY_LEAST, by_ideal=True),
        ),
        Protocol(
            "egalitarian", "E", "Egalitarian", "the one who gains least gains most",
            (EFFICIENT, SYMMETRIC, INDEPENDENT, MONOTONIC), "Kalai 1977b", egalitarian,
            partial(branch_and_bound, how=BY_LEAST),
        ),
        Protocol(
            "utilitarian", "U", "Utilitarian", "the largest sum of surpluses",
            (EFFICIENT, SYMMETRIC, INDEPENDENT), "Harsanyi 1955; Myerson 1981", utilitarian,
            partial(branch_and_bound, how=BY_SUM),
        ),
        Protocol(
            "alternating-offers", "A", "Alternating offers",
            "offers in turn, with a risk that talks break down", (EFFICIENT, SCALE_FREE),
            "Rubinstein 1982; Binmore, Rubinstein & Wolinsky 1986", alternating_offers,
            two_only=True, unanimity_only=True,
        ),
        Protocol(
            "take-it-or-leave-it", "T", "Take it or leave it",
            "one offer, by one side that misreads the other", (SCALE_FREE, INDEPENDENT),
            "Fearon 1995; Myerson & Satterthwaite 1983", take_it_or_leave_it, unanimity_only=True,
        ),
    )
}  # fmt: skip


def protocol(asked: str) -> Protocol:
    """A protocol by its name, with or without a method: ``nash``, ``nash:branch``.

    Raises UsageError for an unknown one, and for a method that it does not have.
    """
    name, _, method = asked.partition(":")
    if name in PROTOCOLS and method:
        allowed = METHODS if PROTOCOLS[name].branch is not None else (AUTO, ENUMERATE)
        if method not in allowed:
            raise UsageError(
                f"protocol {asked}: {name} has no method {method}; {', '.join(allowed)} are "
                "allowed; choose one, or leave it out"
            )
    if name not in PROTOCOLS:
        raise UsageError(
            f"protocol {name}: no such protocol; {', '.join(PROTOCOLS)} are allowed; "
            f"{suggestion(name, PROTOCOLS)}"
        )
    return PROTOCOLS[name]
