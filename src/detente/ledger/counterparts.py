"""The options of a question and those of a situation: which is which."""

from __future__ import annotations

from collections.abc import Mapping

from detente.ledger.records import Question


def counterparts(question: Question, names: Mapping[str, str]) -> tuple[dict[str, str], list[str]]:
    """The question's option for each name, and every mismatch in words.

    Args:
        question: one with options.
        names: what has to be matched, name and label; an option is matched by either, whatever
            the case of its letters.
    """
    problems: list[str] = []
    found: dict[str, str] = {}
    for option in question.options:
        fits = [n for n, label in names.items() if _plain(option) in {_plain(n), _plain(label)}]
        if not fits:
            problems.append(f"its option {option!r} is none of the run's")
        elif len(fits) > 1:
            problems.append(f"its option {option!r} may be {' or '.join(fits)}")
        elif fits[0] in found:
            problems.append(f"its options {found[fits[0]]!r} and {option!r} are both {fits[0]}")
        else:
            found[fits[0]] = option
    meant = {name for name in names if name in found}
    missing = [name for name in names if name not in meant]
    problems += [f"it has no option for {_named(name, names[name])}" for name in missing]
    return found, problems


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())


def _named(name: str, label: str) -> str:
    return f"{name} ({label})" if label and label != name else name
