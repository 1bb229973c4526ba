"""What a page shows of a situation, as it stands in the page's address.

``?round=budapest&reading=article&set=ADDRESS=VALUE&without=speaker:NAME``; whoever has
the address sees the same.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlencode

from detente.cases.opening import Opened
from detente.errors import UsageError
from detente.sampling.draws import Plan
from detente.situation.scenarios import AS_WRITTEN, Scenario, read_settings, scenarios, without
from detente.sources.removal import Removal, asked, together

QUICK, FULL = 1_000, 10_000  # draws of an answer at once, and of one to rely on
MOST_DRAWS = 100_000
MOST_CHANGES = 200


@dataclass(frozen=True, slots=True)
class State:
    """A round, a reading, and what is changed there.

    Attributes:
        round, reading: names; None for the last round, the first reading.
        draws, seed: of the runs.
        settings: ``address=value`` texts, later ones win.
        without: whose word is left out, as ``sort:name``.
        over: addresses that a scan moves, one or two.
        against: another reading, to compare with.
    """

    round: str | None = None
    reading: str | None = None
    draws: int = QUICK
    seed: int = 1
    settings: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    against: str | None = None

    @property
    def changed(self) -> bool:
        """Whether anything is laid on the reading."""
        return bool(self.settings or self.without)

    @property
    def by_address(self) -> dict[str, str]:
        """Each setting, whole, by the address it sets."""
        return {one.partition("=")[0].strip(): one for one in self.settings}

    @property
    def query(self) -> str:
        """The state as the end of an address, with its question mark; empty if plain."""
        plain = State()
        pairs: list[tuple[str, str]] = []
        for name in ("round", "reading", "draws", "seed", "against"):
            value = getattr(self, name)
            if value is not None and value != getattr(plain, name):
                pairs.append((name, str(value)))
        pairs += [("set", one) for one in self.settings]
        pairs += [("without", one) for one in self.without]
        pairs += [("over", one) for one in self.over]
        return "?" + urlencode(pairs) if pairs else ""

    def but(self, **changes: object) -> State:
        """The same with something else."""
        return replace(self, **changes)  # pyright: ignore[reportArgumentType]


def form_fields(body: bytes) -> dict[str, str]:
    """A form that was sent; browsers end lines of a text with two characters."""
    pairs = parse_qsl(body.decode("utf-8", "replace"))
    return {name: value.replace("\r\n", "\n") for name, value in pairs}


def read_state(query: Sequence[tuple[str, str]]) -> State:
    """The state of a page's address. Raises UsageError for what is no number or too much."""
    last: Mapping[str, str] = dict(query)
    many = {
        name: tuple(v for n, v in query if n == name and v) for name in ("set", "without", "over")
    }
    if sum(map(len, many.values())) > MOST_CHANGES:
        raise UsageError(f"more than {MOST_CHANGES} changes at once; write them into a reading")
    return State(
        last.get("round") or None,
        last.get("reading") or None,
        _number("draws", last.get("draws"), QUICK, 1, MOST_DRAWS),
        _number("seed", last.get("seed"), 1, 0, 2**63 - 1),
        _latest(many["set"]),
        tuple(dict.fromkeys(many["without"])),
        tuple(dict.fromkeys(one for one in many["over"] if one)),
        last.get("against") or None,
    )


def _latest(settings: tuple[str, ...]) -> tuple[str, ...]:
    """One setting an address, the last; in the order in which addresses came first."""
    by_address = {one.partition("=")[0].strip(): one for one in settings}
    return tuple(by_address.values())


def _number(name: str, text: str | None, usual: int, least: int, most: int) -> int:
    if not text:
        return usual
    if not text.isdecimal() or len(text) > len(str(most)) or not least <= int(text) <= most:
        raise UsageError(
            f"{name}={text}: a whole number from {least} to {most:,} is allowed; correct it"
        )
    return int(text)


@dataclass(frozen=True, slots=True)
class Asked:
    """A state made concrete in a situation.

    ``base`` is the scenario as it is written, ``scenario`` with the changes laid on.
    """

    state: State
    plan: Plan
    base: Scenario
    scenario: Scenario
    removal: Removal | None


def concrete(opened: Opened, state: State) -> Asked:
    """The scenarios a state stands for. Raises UsageError for names that are not there."""
    situation, claims = opened.situation, opened.claims
    round_ = state.round or next(reversed(situation.rounds), None)
    reading = state.reading or next(iter(situation.readings), AS_WRITTEN)
    rounds = (round_,) if round_ else ()
    patch = read_settings(situation, state.settings)
    base = scenarios(situation, claims, rounds=rounds, readings=(reading,))[0]
    removal = removal_of(opened, state)
    if removal is None or claims is None:
        changed = scenarios(situation, claims, rounds=rounds, readings=(reading,), patch=patch)[0]
    else:
        _, (changed,) = without(
            situation, claims, (removal,), rounds=rounds, readings=(reading,), patch=patch
        )[0]
    return Asked(state, Plan(state.draws, state.seed), base, changed, removal)


def removal_of(opened: Opened, state: State) -> Removal | None:
    """Everything a state leaves out, as one removal. Raises UsageError."""
    if not state.without:
        return None
    if opened.claims is None:
        raise UsageError(f"{opened.name}: no claims file, so there is nobody's word to leave out")
    return together([asked(opened.claims, one) for one in state.without])
