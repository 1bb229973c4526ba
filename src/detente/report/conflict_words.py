"""What stands in a conflict graph, by the names of a situation or of a conflict file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from detente.analysis.holding import Holding, Told
from detente.analysis.stability import Stability
from detente.figures.conflict_graph import numbered
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
        code: a state in few words, such as the identifiers of its options.
        change: what is different in the second state, in words.
        start: what the state in which things stand is called.
        number: of the states that are drawn, from 1.
    """

    makers: tuple[str, ...]
    whole: Callable[[int], str]
    code: Callable[[int], str]
    change: Callable[[int, int], str]
    start: str
    number: Mapping[int, int]

    def group(self, members: Group) -> str:
        """Several makers."""
        return and_list(self.makers[m] for m in members)

    def named(self, state: int) -> str:
        """A state by its number in table and picture, where it has one."""
        found = self.number.get(state)
        return "another outcome" if found is None else f"outcome {found}"


def wording_of(names: Names, found: Stability, *, at_status_quo: bool = True) -> Wording:
    """The words of a situation."""
    structure, space = found.structure, found.packages.space

    def held(state: int) -> list[int]:
        return space.positions_of(found.kept.numbers[[state]])[0].tolist()

    def changed(state: int) -> list[str]:
        options = [structure.options[place] for place in held(state)]
        return [o.ref for o in options if structure.options[o.status_quo] is not o]

    def whole(state: int) -> str:
        return "; ".join(names.option(ref) for ref in changed(state)) or "the status quo"

    def code(state: int) -> str:
        return ", ".join(changed(state)) or "the status quo"

    def change(first: int, second: int) -> str:
        pairs = zip(held(first), held(second), strict=True)
        return "; ".join(names.option(structure.options[b].ref) for a, b in pairs if a != b)

    makers = tuple(names.actor(name) for name in found.control.makers)
    start = "The status quo" if at_status_quo else "What stands now"
    return Wording(makers, whole, code, change, start, numbered(found.holding))


def conflict_wording(conflict: Conflict, found: Holding) -> Wording:
    """The words of a conflict file; a state by its letters and the options taken."""
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
    start = f"What stands now, {state_name(conflict, found.start)},"
    return Wording(makers, whole, whole, change, start, numbered(found))


def headline(found: Holding) -> str:
    """How many outcomes hold, under which concept."""
    one, count = CONCEPTS[found.concept], found.count(found.concept)
    verb = "holds" if count == 1 else "hold"
    return (
        f"{count:,} of {found.graph.states:,} outcomes {verb} under {one.title} stability, where "
        f"{one.about}: nobody would leave them on its own."
    )


def start_sentences(words: Wording, found: Holding) -> list[str]:
    """Whether things stay where they stand, and who would change it."""
    told = found.told[0]
    return [f"{words.start} {verdict(told, found.concept)}.", *fate(words, told)]


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
        f"{words.makers[one.maker]} would leave on its own for {words.named(one.state)}: "
        f"{words.change(told.state, one.state)}. No answer of the others undoes what it gains."
    )


def stays(words: Wording, told: Told, one: Temptation) -> str:
    """A move that an answer deters."""
    return (
        f"{words.makers[one.maker]} would prefer {words.change(told.state, one.state)}, but is "
        f"deterred: {answer(words, one)}."
    )


def answer(words: Wording, one: Temptation) -> str:
    """How the others would answer, move by move."""
    parts: list[str] = []
    at = one.state
    for step in one.answer:
        parts.append(
            f"{words.group(step.members)} could answer with {words.change(at, step.state)}"
        )
        at = step.state
    return ", then ".join(parts)


def together(words: Wording, told: Told) -> str:
    """The smallest coalition that would leave, and who else would."""
    first, *more = told.groups
    text = (
        f"{words.group(first.members)} would leave together for {words.named(first.state)}: "
        f"{words.change(told.state, first.state)}."
    )
    others = " or ".join(f"({words.group(one.members)})" for one in more[:3])
    return f"{text} So would {others}{', and others' * (len(more) > 3)}." if more else text


def verdict(told: Told, concept: str) -> str:
    """Whether a state holds, also against several who leave together."""
    if not told.holds(concept):
        return "would not hold"
    return "would hold, but not against several together" if told.groups else "would hold"


def marks(told: Told) -> str:
    """The concepts under which nobody leaves the state on its own."""
    return ", ".join(CONCEPTS[name].title for name in CONCEPTS if told.holds(name)) or "none"


def shares(found: Stability, state: int) -> str:
    """In what share of draws a state holds under the concept asked for."""
    return percent(float(found.share[found.holding.concept][state]))


def who_leaves(words: Wording, told: Told) -> str:
    """Those who leave on their own, or else together, in few words."""
    if told.leavers:
        return and_list(words.makers[one.maker] for one in told.leavers)
    return f"{words.group(told.groups[0].members)} together" if told.groups else "nobody"
