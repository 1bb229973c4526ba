"""How far a chance may be off: Monte Carlo error, and the span that the inputs leave open."""

from __future__ import annotations

from collections.abc import Sequence

from detente.analysis.answer import Answer, Run
from detente.analysis.pooling import FEW
from detente.analysis.probabilities import Estimate

IF_THEY_MEET, AT_ALL = "tangible_given_held", "tangible"
Z = 1.96  # 95 % of a normal distribution


def half_width(found: Estimate, draws: int) -> float:
    """Half the width of a 95 % interval of Monte Carlo error, as a share.

    Where all draws agree the standard error is 0; then it is 3 / draws, the rule of
    three (Hanley & Lippman-Hand 1983).
    """
    return Z * found.mc_se if found.mc_se else min(3.0 / max(draws, 1), 1.0)


def main(answer: Answer) -> str:
    """The name of the main probability: of something tangible at all, where meeting is modelled.

    Whoever sees no result stays away, so P(tangible given held) can be high where they
    almost never meet; it is shown beside, never instead.
    """
    return AT_ALL if AT_ALL in answer.probabilities else IF_THEY_MEET


def main_words(answers: Sequence[Answer]) -> str:
    """The main probability in words; both kinds together have only the result in common."""
    kinds = {main(answer) for answer in answers}
    if kinds == {AT_ALL}:
        return "that they meet and agree on something tangible"
    return (
        "of something tangible, if they meet"
        if kinds == {IF_THEY_MEET}
        else "of something tangible"
    )


def met(run: Run, answer: Answer) -> int:
    """In how many draws they meet: what P(tangible given held) is a share of."""
    held = answer.probabilities.get("held")
    return run.plan.draws if held is None else round(run.plan.draws * held.p)


def meets_enough(run: Run, answer: Answer) -> bool:
    """Whether they meet in enough draws for a chance given that they meet."""
    return IF_THEY_MEET in answer.probabilities and met(run, answer) >= FEW


def span(answer: Answer) -> tuple[float, float]:
    """The span that the inputs leave open to the main probability, from and to."""
    return answer.spread.low, answer.spread.high


def widest(answers: Sequence[Answer]) -> tuple[Answer, tuple[float, float]]:
    """The scenario that the inputs leave most open, with its span."""
    found = [(answer, span(answer)) for answer in answers]
    return max(found, key=lambda pair: pair[1][1] - pair[1][0])
