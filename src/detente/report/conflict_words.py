"""What stands in a conflict graph, by the names of a situation or of a conflict file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from detente.analysis.holding import Holding, Told
from detente.analysis.stability import Stability
from detente.figures.naming import Names, and_list, percent, tidy
from detente.interchange.conflict import Conflict
from detente.interchange.conflict_graph import state_name
from detente.stability.concepts import CONCEPTS
from detente.stability.graph import Group
from detente.stability.witnesses import Temptation


@dataclass(frozen=True, slots=True)
class Wording:
    """How the makers and states of one graph are called.

    Attributes:
        makers: their names.
        whole: a state in words.
        change: what is different in the second state, in words.
        start: what the state in which things stand is called.
    """

    makers: tuple[str, ...]
    whole: Callable[[int], str]
    change: Callable[[int, int], str]
    start: str

    def group(self, members: Group) -> str:
        """Several makers."""
        return and_list(self.makers[m] for m in members)


def wording_of(names: Names, found: Stability, *, at_status_quo: bool = True) -> Wording:
    """The words of a situation."""
    structure, space = found.structure, found.packages.space

    def held(state: int) -> list[int]:
        return space.positions_of(found.kept.numbers[[state]])[0].tolist()

    def whole(state: int) -> str:
        changed = [p for p in held(state) if structure.options[p].status_quo != p]
        return (
            "; ".join(names.option(structure.options[p].ref) for p in changed) or "the status quo"
        )

    def change(first: int, second: int) -> str:
        pairs = zip(held(first), held(second), strict=True)
        return "; ".join(names.option(structure.options[b].ref) for a, b in pairs if a != b)

    makers = tuple(names.actor(name) for name in found.control.makers)
    return Wording(
        makers, whole, change, "The status quo" if at_status_quo else "Where things stand"
    )


def conflict_wording(conflict: Conflict) -> Wording:
    """The words of a conflict file; a state by its number and its letters."""
    options = [tidy(name) for name in conflict.options]

    def whole(state: int) -> str:
        taken = [name for name, on in zip(options, conflict.states[state], strict=True) if on]
        return f"{state_name(conflict, state)} ({', '.join(taken) or 'no option taken'})"

    def change(first: int, second: int) -> str:
        now, then = conflict.states[first], conflict.states[second]
        return "; ".join(
            f"{name}: {'yes' if after else 'no'}"
            for name, before, after in zip(options, now, then, strict=True)
            if before != after
        )

    makers = tuple(tidy(maker.name) for maker in conflict.makers)
    return Wording(makers, whole, change, "The state in which things stand")


def headline(found: Holding) -> str:
    """How many outcomes hold, under which concept."""
    one, count = CONCEPTS[found.concept], found.count(found.concept)
    states = found.graph.states
    verb = "holds" if count == 1 else "hold"
    return (
        f"{count:,} of {states:,} outcomes {verb} under {one.title} stability ({one.about}): "
        "nobody leaves them alone."
    )


def start_sentences(words: Wording, found: Holding) -> list[str]:
    """Whether things stay where they stand, and who would change it."""
    told = found.told[0]
    stays = told.holds(found.concept)
    first = f"{words.start} {'would hold' if stays else 'would not hold'} by itself."
    return [first, *fate(words, told)]


def fate(words: Wording, told: Told) -> list[str]:
    """Who would leave a state, alone or together, and what keeps the others."""
    return [
        *(leaves(words, told, one) for one in told.leavers),
        *([together(words, told)] if told.groups else []),
        *(stays(words, told, one) for one in told.tempted if one.deterred),
    ]


def leaves(words: Wording, told: Told, one: Temptation) -> str:
    """A move that nothing deters."""
    return (
        f"{words.makers[one.maker]} would leave it alone: {words.change(told.state, one.state)}. "
        "Nothing that the others would answer leaves it no better off."
    )


def stays(words: Wording, told: Told, one: Temptation) -> str:
    """A move that an answer deters."""
    name = words.makers[one.maker]
    return (
        f"{name} would prefer {words.change(told.state, one.state)}, but the answer deters it: "
        f"{answer(words, told, one)}."
    )


def answer(words: Wording, told: Told, one: Temptation) -> str:
    """How the others would answer, move by move."""
    del told
    parts: list[str] = []
    at = one.state
    for step in one.answer:
        parts.append(f"{words.group(step.members)} with {words.change(at, step.state)}")
        at = step.state
    return ", then ".join(parts)


def together(words: Wording, told: Told) -> str:
    """The smallest coalition that would leave, and how many others there are."""
    first, *more = told.groups
    text = (
        f"{words.group(first.members)} would leave it together: "
        f"{words.change(told.state, first.state)}."
    )
    others = and_list((words.group(one.members) for one in more[:3]), "or")
    return text if not more else f"{text} So would {others}{' and others' * (len(more) > 3)}."


def verdict(told: Told, concept: str) -> str:
    """In a word: holds against everybody, against each alone, or not."""
    if not told.holds(concept):
        return "would be left"
    return "holds, but not against a coalition" if told.groups else "holds"


def marks(told: Told) -> str:
    """The concepts under which nobody leaves the state alone."""
    return ", ".join(CONCEPTS[name].title for name in CONCEPTS if told.holds(name)) or "none"


def shares(found: Stability, state: int) -> str:
    """In what share of draws a state holds under the concept asked for."""
    return percent(float(found.share[found.holding.concept][state]))


def who_leaves(words: Wording, told: Told) -> str:
    """Those who leave alone, or together, in few words."""
    alone = [words.makers[one.maker] for one in told.leavers]
    if alone:
        return and_list(alone)
    return f"together: {words.group(told.groups[0].members)}" if told.groups else "nobody"


def listed(names: Sequence[str]) -> str:
    """Names for a sentence."""
    return and_list(names)
