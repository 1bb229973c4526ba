"""What asking a model will take and cost at most, told before anything is sent.

Tokens are estimated from bytes, about four to a token in English; a provider counts them
in its own way. Prices come from the list that ships with the library genai-prices; it is
read from the disk, and may be older than the provider's.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlsplit

from genai_prices import Usage, calc_price

from detente.sources.drafts.proposing import FORM, INSTRUCTION, Passage, message

ATTEMPTS = 2  # an answer that is not in the form is asked for once more
MOST_OUT = 12_000  # tokens of one answer, a model's own deliberation included
_BYTES_PER_TOKEN = 4
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1", "0.0.0.0"})  # noqa: S104 -- compared only
_LOCAL_SERVERS = frozenset({"ollama", "vllm"})


@dataclass(frozen=True, slots=True)
class Estimate:
    """Requests and tokens of a whole text, and US dollars, None where no price is known.

    ``tokens_in`` and ``cost`` are about what it takes if every answer comes at the first
    attempt and is twice as long as its passage. ``most_out`` and ``most_cost`` cannot be
    passed but for the estimate of the tokens that go out: each passage asked for twice.
    """

    requests: int
    tokens_in: int
    most_out: int
    cost: Decimal | None
    most_cost: Decimal | None


def estimate(
    provider: str, model: str, passages: Sequence[Passage], address: str | None = None
) -> Estimate:
    """What reading ``passages`` with a provider's model takes, at ``address`` if that is known."""
    fixed = _tokens(INSTRUCTION + FORM)
    tokens_in = sum(fixed + _tokens(message(one)) for one in passages)
    tokens_out = sum(2 * _tokens(one.text) for one in passages)
    most_out = ATTEMPTS * MOST_OUT * len(passages)
    # the second attempt sends the first answer along
    most_in = ATTEMPTS * tokens_in + MOST_OUT * len(passages)
    return Estimate(
        len(passages),
        tokens_in,
        most_out,
        price(provider, model, tokens_in, tokens_out, address),
        price(provider, model, most_in, most_out, address),
    )


def _tokens(text: str) -> int:
    return len(text.encode("utf-8", "replace")) // _BYTES_PER_TOKEN + 1


def price(
    provider: str, model: str, tokens_in: int, tokens_out: int, address: str | None = None
) -> Decimal | None:
    """US dollars for so many tokens; None where the price list does not know the model.

    A known ``address`` decides: the same model may cost something else at another.
    """
    used = Usage(input_tokens=tokens_in, output_tokens=tokens_out)
    try:
        if address:
            return calc_price(used, model, provider_api_url=address).total_price
        return calc_price(used, model, provider_id=provider).total_price
    except (LookupError, ValueError):
        return None


def is_local(provider: str, model: str, address: str | None) -> bool:
    """Whether a model runs on this machine, as far as its name and address tell.

    A local Ollama passes models whose tag ends in "cloud" on to its maker.
    """
    if provider not in _LOCAL_SERVERS or model.rpartition(":")[2].endswith("cloud"):
        return False
    return urlsplit(address or "").hostname in _LOOPBACK
