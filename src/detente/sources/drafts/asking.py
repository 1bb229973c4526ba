"""Asking a language model for proposals: the one place that sends anything anywhere.

It needs the extra ``detente[draft]``: pydantic-ai, which speaks to many providers in one
way. Nothing is traced or reported to anybody but the provider, no tool is offered to the
model, and every run has limits.
"""

from __future__ import annotations

import asyncio
import os
import re
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import cast

from pydantic_ai import Agent, ModelSettings
from pydantic_ai.exceptions import (
    ModelAPIError,
    ModelAuthenticationError,
    ModelConnectionError,
    ModelContextWindowExceededError,
    ModelNotFoundError,
    ModelQuotaExceededError,
    ModelRateLimitError,
    ModelRequestTimeout,
    ModelServerError,
    ModelTimeoutError,
    ModelUnavailableError,
    OutputTokenLimitExceeded,
    UnexpectedModelBehavior,
    UsageLimitExceeded,
)
from pydantic_ai.models import Model, infer_model, parse_model_id
from pydantic_ai.usage import RunUsage, UsageLimits

from detente.errors import NotInstalled, UsageError
from detente.sources.drafts.claims_yaml import one_line
from detente.sources.drafts.pricing import ATTEMPTS, MOST_OUT
from detente.sources.drafts.proposing import INSTRUCTION, Passage, Proposals, message
from detente.sources.drafts.vetting import Answer

DUMMY = "test"
PATIENCE = 300.0  # seconds for one attempt: a model on a laptop is slow
_SHOWN = 300
_VARIABLE = re.compile(r"[Ss]et the `(\w+)` environment variable")


@dataclass(frozen=True, slots=True)
class Spent:
    """Requests answered and tokens used so far; ``cost`` in US dollars, None if unknown."""

    requests: int
    tokens_in: int
    tokens_out: int
    cost: Decimal | None


Answered = Callable[[Answer, Spent], None]


def provider_and_name(model: str) -> tuple[str, str]:
    """The two halves of PROVIDER:NAME; the dummy has no provider. Raises UsageError."""
    provider, name = parse_model_id(model)
    if model == DUMMY:
        return DUMMY, DUMMY
    if not provider or not name:
        raise UsageError(
            f"found the model {model!r}; PROVIDER:NAME, such as anthropic:NAME, openai:NAME, "
            f"google:NAME or ollama:NAME, or {DUMMY} for a dummy; write it so"
        )
    return provider, name


def model_named(model: str) -> Model:
    """The model, ready to be asked. Sends nothing. Raises UsageError or NotInstalled."""
    provider, _ = provider_and_name(model)
    try:
        return infer_model(model)
    except ImportError as error:
        raise NotInstalled(
            f"{model}: the library that speaks to {provider} is not installed; anthropic, google, "
            "openai and what speaks like openai come with in a clone: .venv/bin/pip install -e '.[draft]'; "
            f"{_said(error)}"
        ) from None
    except Exception as error:  # noqa: BLE001 -- a provider's library may raise anything
        raise UsageError(f"{model}: {_unusable(error)}") from None


def _unusable(error: Exception) -> str:
    """Why a model cannot be asked, and what to do: mostly a variable that is not set."""
    missing = _VARIABLE.search(str(error))
    if missing:
        return f"{missing[1]} is not set; what the provider gave you; set it in the environment"
    return (
        f"{_said(error)}; a model that pydantic-ai knows, and settings that its provider takes; "
        "correct --model or the settings"
    )


def ask(model: Model, passages: Sequence[Passage], answered: Answered) -> None:
    """Send the passages one after the other; ``answered`` is called after each.

    Raises UsageError if the provider or the model fails; what was answered before stands.
    """
    os.environ.setdefault("PYDANTIC_AI_NO_BANNER", "1")  # else it greets users on a terminal
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a library's warnings are no message to a user
        asyncio.run(_ask(model, passages, answered))


async def _ask(model: Model, passages: Sequence[Passage], answered: Answered) -> None:
    reader = Agent(
        model,
        output_type=Proposals,
        instructions=INSTRUCTION,
        name="detente-propose",
        retries=ATTEMPTS - 1,
        model_settings=ModelSettings(max_tokens=MOST_OUT, timeout=PATIENCE),
    )
    reader.instrument = False  # no traces
    most = ATTEMPTS * len(passages)
    limits = UsageLimits(request_limit=most, output_tokens_limit=most * MOST_OUT)
    usage = RunUsage()
    async with reader:
        for passage in passages:
            try:
                result = await reader.run(message(passage), usage=usage, usage_limits=limits)
            except Exception as error:  # noqa: BLE001 -- a provider's library may raise anything
                raise UsageError(f"{model.model_id}: {_told(error)}") from None
            spent = Spent(usage.requests, usage.input_tokens, usage.output_tokens, usage.cost)
            answered(Answer(passage, result.output.claims), spent)


_REMEDIES: tuple[tuple[type[Exception], str, str], ...] = (
    (ModelAuthenticationError, "the provider refused the key", "check the key and what it may use"),
    (ModelNotFoundError, "the provider knows no such model", "check the name, and the address"),
    (ModelQuotaExceededError, "the account has no credit left", "top it up, or choose another"),
    (ModelRateLimitError, "the provider says that you ask too often", "wait, then go on"),
    (ModelContextWindowExceededError, "a passage is too long for it", "choose another model"),
    (ModelTimeoutError, "no answer in time", "try again, or choose a faster model"),
    (ModelRequestTimeout, "no answer in time", "try again, or choose a faster model"),
    (ModelConnectionError, "the provider cannot be reached", "check the network and the address"),
    (ModelUnavailableError, "the provider is overloaded or down", "wait, then go on"),
    (ModelServerError, "the provider failed", "wait, then go on"),
    (ModelAPIError, "the provider refused the request", "see what it says, or choose another"),
    (UsageLimitExceeded, "it used more than was announced", "choose another model"),
    (OutputTokenLimitExceeded, "its answer grew too long and was cut off", "choose another model"),
    (UnexpectedModelBehavior, "its answer was not in the form", "try again, or choose another"),
)  # fmt: skip


def _told(error: Exception) -> str:
    """What went wrong and what to do, on one line; what the provider said at the end."""
    for kind, found, remedy in _REMEDIES:
        if isinstance(error, kind):
            return f"{found}; {remedy}; it says: {_said(error)}"
    return f"{_said(error)}; a model that can be asked; choose another"


def _said(error: Exception) -> str:
    """The provider's own words where there are some, on one line and not too long."""
    body: object = getattr(error, "body", None)
    words = cast("dict[str, object]", body).get("message") if isinstance(body, dict) else None
    line = one_line(words if isinstance(words, str) else str(error)) or type(error).__name__
    return line if len(line) <= _SHOWN else line[: _SHOWN - 1] + "…"
