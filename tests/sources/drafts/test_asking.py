"""Asking a model, with none that could be reached: what is sent, and what may go wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from detente.errors import NotInstalled, UsageError
from detente.sources.drafts.proposing import FORM, INSTRUCTION, Passage, chunks, message
from detente.sources.text import parse_text

pydantic_ai = pytest.importorskip("pydantic_ai", reason="detente[draft] is not installed")

from pydantic_ai import ModelMessage, ModelResponse, TextPart, ToolCallPart  # noqa: E402
from pydantic_ai import exceptions as failures  # noqa: E402
from pydantic_ai.models import override_allow_model_requests  # noqa: E402
from pydantic_ai.models.function import AgentInfo, FunctionModel  # noqa: E402
from pydantic_ai.models.test import TestModel  # noqa: E402

from detente.sources.drafts.asking import Spent, ask, model_named, provider_and_name  # noqa: E402
from detente.sources.drafts.pricing import ATTEMPTS, MOST_OUT, estimate, is_local, price  # noqa: E402
from detente.sources.drafts.vetting import Answer  # noqa: E402

TEXT = parse_text("\n".join(f"Boat {n} of the lake may stay out. " + "It is old. " * 9 for n in range(6)))  # fmt: skip
CLAIM = {
    "quote": "may stay out", "says": "A boat stays on the water.", "speakers": [],
    "kind": "forecast", "hedge": "may", "strength": "possible",
}  # fmt: skip
Reply = Callable[[list[ModelMessage], AgentInfo], ModelResponse]


@pytest.fixture(autouse=True)
def _nothing_leaves() -> Iterator[None]:
    with override_allow_model_requests(False):
        yield


def in_form(info: AgentInfo, *claims: dict[str, Any]) -> ModelResponse:
    return ModelResponse(parts=[ToolCallPart(info.output_tools[0].name, {"claims": list(claims)})])


def asked(reply: Reply, passages: tuple[Passage, ...] | None = None) -> list[tuple[Answer, Spent]]:
    """Everything that is told while passages are sent to a model that replies so."""
    got: list[tuple[Answer, Spent]] = []
    model = FunctionModel(reply)
    ask(model, passages or chunks(TEXT, 400), lambda answer, spent: got.append((answer, spent)))
    return got


def test_every_passage_goes_out_once_with_the_instruction_and_nothing_else() -> None:
    seen: list[tuple[str, str]] = []

    def reply(messages: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        (request,) = messages
        (part,) = request.parts
        seen.append((info.instructions or "", str(getattr(part, "content", ""))))
        assert not info.function_tools
        assert (info.model_settings or {}).get("max_tokens") == MOST_OUT
        return in_form(info, CLAIM)

    passages = chunks(TEXT, 400)
    got = asked(reply, passages)
    assert len(passages) == 2
    assert seen == [(INSTRUCTION.strip(), message(one)) for one in passages]
    assert [answer.passage for answer, _ in got] == list(passages)
    assert [claim.quote for answer, _ in got for claim in answer.proposals] == ["may stay out"] * 2
    assert [spent.requests for _, spent in got] == [1, 2]
    assert got[1][1].tokens_in > got[0][1].tokens_in > 0


def test_the_dummy_answers_in_the_form() -> None:
    model = model_named("test")
    assert isinstance(model, TestModel)
    got: list[Answer] = []
    ask(model, chunks(TEXT, 400), lambda answer, _: got.append(answer))
    assert all(answer.proposals for answer in got)


def test_an_answer_out_of_form_is_asked_for_once_more() -> None:
    replies = iter([{**CLAIM, "probability": 0.7}, CLAIM])
    (one,) = chunks(TEXT, 2000)
    got = asked(lambda _, info: in_form(info, next(replies)), (one,))
    assert got[0][1].requests == ATTEMPTS == 2


@pytest.mark.parametrize(
    "parts",
    [
        [TextPart("All is well, 70 % sure.")],
        [ToolCallPart("final_result", {"claims": [{"quote": "a"}]})],
        [ToolCallPart("final_result", '{"claims": [')],
        [ToolCallPart("no_such_tool", {})],
        [],
    ],
)
def test_what_is_never_in_the_form_is_told_on_one_line(parts: list[Any]) -> None:
    calls: list[int] = []

    def reply(_: list[ModelMessage], __: AgentInfo) -> ModelResponse:
        calls.append(1)
        return ModelResponse(parts=parts)

    with pytest.raises(UsageError, match="not in the form; try again") as told:
        asked(reply, chunks(TEXT, 2000))
    assert "\n" not in str(told.value)
    assert len(calls) == ATTEMPTS


def test_a_model_may_find_nothing() -> None:
    assert all(not answer.proposals for answer, _ in asked(lambda _, info: in_form(info)))


@pytest.mark.parametrize(
    ("category", "told"),
    [
        (failures.ModelAuthenticationError, "check the key"),
        (failures.ModelNotFoundError, "check the name"),
        (failures.ModelRateLimitError, "wait, then go on"),
        (failures.ModelQuotaExceededError, "top it up"),
        (failures.ModelServerError, "wait, then go on"),
        (failures.ModelContextWindowExceededError, "too long for it"),
        (None, "the provider refused the request"),
    ],
)
def test_a_refusal_of_the_provider_says_what_to_do(category: Any, told: str) -> None:
    body = {"message": "So says\nthe provider."}

    def reply(_: list[ModelMessage], __: AgentInfo) -> ModelResponse:
        raise failures.ModelHTTPError.for_category(
            category, status_code=400, model_name="lake", body=body
        )

    with pytest.raises(UsageError, match=told) as found:
        asked(reply)
    assert str(found.value).endswith("it says: So says the provider.")


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (failures.ModelTimeoutError("lake", "late"), "no answer in time"),
        (failures.ModelConnectionError("lake", "refused"), "check the network"),
        (failures.UsageLimitExceeded("much"), "more than was announced"),
        (OSError("cable"), "cable"),
        (RuntimeError(), "RuntimeError"),
    ],
)
def test_other_failures_are_told_too(error: Exception, told: str) -> None:
    def reply(_: list[ModelMessage], __: AgentInfo) -> ModelResponse:
        raise error

    with pytest.raises(UsageError, match=told):
        asked(reply)


def test_what_was_answered_before_a_failure_stands() -> None:
    got: list[Answer] = []
    calls: list[int] = []

    def reply(_: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        calls.append(1)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return in_form(info, CLAIM)

    with pytest.raises(KeyboardInterrupt):
        ask(FunctionModel(reply), chunks(TEXT, 400), lambda answer, _: got.append(answer))
    assert len(got) == 1


def test_a_model_that_uses_too_many_tokens_is_stopped() -> None:
    def reply(_: list[ModelMessage], info: AgentInfo) -> ModelResponse:
        answer = in_form(info, CLAIM)
        answer.usage.output_tokens = 3 * MOST_OUT
        return answer

    with pytest.raises(UsageError, match="more than was announced"):
        asked(reply, chunks(TEXT, 2000))


@pytest.mark.parametrize(
    "name", ["lake", ":lake", "lake:", "", "nowhere:lake", "ollama:lake", "groq:lake"]
)
def test_a_model_that_cannot_be_had_is_refused(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown one, one without an address, one whose library is not installed."""
    monkeypatch.delenv("OLLAMA_BASE_URL", raising=False)
    with pytest.raises(UsageError) as told:
        model_named(name)
    assert str(told.value).count("; ") >= 2
    assert "\n" not in str(told.value)


def test_a_missing_library_of_a_provider_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:  # fmt: skip
    def missing(_: str) -> None:
        raise ImportError("Please install `lake`")

    monkeypatch.setattr("detente.sources.drafts.asking.infer_model", missing)
    with pytest.raises(NotInstalled, match=re.escape("pip install -e '.[draft]'")):
        model_named("lake:small")


def test_a_missing_key_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    def keyless(_: str) -> None:
        raise failures.UserError("Set the `LAKE_KEY` environment variable or pass it to `Lake()`")

    monkeypatch.setattr("detente.sources.drafts.asking.infer_model", keyless)
    with pytest.raises(UsageError, match=r"lake:small: LAKE_KEY is not set; .*; set it in"):
        model_named("lake:small")


def test_provider_and_name() -> None:
    assert provider_and_name("ollama:lake:7b") == ("ollama", "lake:7b")
    assert provider_and_name("test") == ("test", "test")


# What it may cost


def test_a_known_model_has_a_price_and_others_have_none() -> None:
    known = price("openai", "gpt-4o", 1_000_000, 0)
    assert known is not None
    assert known > 0
    assert price("openai", "gpt-4o", 2_000_000, 0) == 2 * known
    assert price("nowhere", "lake", 1, 1) is None
    assert price("openai", "gpt-4o", 1, 1, "https://api.openai.com/v1/") is not None
    assert price("openai", "gpt-4o", 1, 1, "http://lake.example/v1") is None


def test_an_estimate_counts_all_that_goes_out_and_bounds_what_comes_back() -> None:
    passages = chunks(TEXT, 400)
    told = estimate("openai", "gpt-4o", passages)
    sent = sum(len(INSTRUCTION + FORM + message(one)) for one in passages)
    assert told.requests == len(passages) == 2
    assert sent / 4 <= told.tokens_in <= sent / 4 + 8
    assert told.most_out == ATTEMPTS * MOST_OUT * 2
    assert told.cost is not None
    assert told.most_cost is not None
    assert told.cost < told.most_cost


@pytest.mark.parametrize(
    ("provider", "model", "address", "local"),
    [
        ("ollama", "lake:7b", "http://localhost:11434/v1", True),
        ("vllm", "lake", "http://127.0.0.1:8000/v1", True),
        ("ollama", "lake", "http://10.0.0.7:11434/v1", False),
        ("ollama", "lake", "http://localhost.lake.example/v1", False),
        ("ollama", "lake:120b-cloud", "http://localhost:11434/v1", False),
        ("openai", "lake", "http://localhost:4000/v1", False),
        ("ollama", "lake", None, False),
    ],
)
def test_only_what_surely_stays_here_is_called_local(
    provider: str, model: str, address: str | None, local: bool
) -> None:
    assert is_local(provider, model, address) is local
