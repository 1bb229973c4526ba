"""What leaves the machine, where it goes and what it may cost: told before it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_UP, Decimal
from pathlib import Path

from detente.sources.drafts.claims_yaml import one_line
from detente.sources.drafts.pricing import ATTEMPTS, Estimate, estimate, is_local
from detente.sources.drafts.proposing import FORM, INSTRUCTION, Passage
from detente.sources.extraction import Extracted

DUMMY = "test"


def announced(
    file: Path,
    extracted: Extracted,
    passages: Sequence[Passage],
    provider: str,
    name: str,
    address: str | None,
) -> list[str]:
    """The lines: what is sent and what is not, to whom, how often, at what cost.

    Args:
        file: what the text was read from.
        extracted: the text, and where readers' comments begin.
        passages: what is sent of it.
        provider: who gets it.
        name: the provider's name for the model.
        address: where it goes, if that is known.
    """
    told = estimate(provider, name, passages, address)
    where, cost = _destination(provider, name, address, told)
    chars = sum(len(one.text) for one in passages)
    of = extracted.source.text.count("\n") + 1
    span = Passage("", 0, 0, passages[0].first, passages[-1].last).paragraphs
    fixed = len(INSTRUCTION) + len(FORM)
    return [
        f"sends     {chars:,} characters of {file}: {span} of {of}",
        f"          with each request the instruction and the form, {fixed:,} characters",
        *_border(extracted),
        "keeps     the file's name, every situation, every claim: these stay here",
        f"to        {where}",
        f"requests  {told.requests}, at most {ATTEMPTS * told.requests} if all must be asked again",
        f"tokens    about {told.tokens_in:,} to the model, at most {told.most_out:,} back",
        f"cost      {cost}",
    ]


def _border(extracted: Extracted) -> list[str]:
    """Where comments begin: what stands there is put down to commenters."""
    if extracted.comments_from is None:
        return []
    return [f"comments  from paragraph {extracted.comments_from}: {one_line(extracted.how)}"]


def _destination(provider: str, name: str, address: str | None, told: Estimate) -> tuple[str, str]:
    """To whom, and at what cost."""
    if provider == DUMMY:
        return "a dummy on this machine, to try this out: what it proposes is nonsense", "none"
    if is_local(provider, name, address):
        return (
            f"{name} on this machine, {provider} at {address}: nothing leaves it",
            "none: it runs on this machine",
        )
    at = f", at {address}" if address else ""
    return f"{name} of {provider}{at}", _cost(told)


def _cost(told: Estimate) -> str:
    if told.cost is None or told.most_cost is None:
        return "price unknown: ask your provider"
    listed = "by the price list of genai-prices, which may be out of date"
    return f"about {dollars(told.cost)}, at most {dollars(told.most_cost)}, {listed}"


def dollars(cost: Decimal) -> str:
    """A price in US dollars, rounded up to the cent."""
    return f"${cost.quantize(Decimal('0.01'), ROUND_UP)}"
