"""What a removal, and what falls with it, is called in a sentence, a table or a picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from detente.figures.naming import and_list, tidy
from detente.sources.claims import Claims
from detente.sources.removal import Removal

GROUPS = {
    "author": "authors", "commenter": "commenters", "analyst": "the analysts",
    "service": "intelligence services", "official": "officials", "state": "governments",
    "media": "media", "record": "public records",
}  # fmt: skip
_HEADS = {
    "preferences": ("preference", "preferences"),
    "salience": ("weight of an issue", "weights of issues"),
    "red_lines": ("value of a red line", "values of red lines"),
    "links": ("link", "links"),
    "pressures": ("value of a pressure", "values of pressures"),
    "influence": ("influence", "influences"),
    "trust": ("trust", "trusts"),
    "runup": ("value of the run-up", "values of the run-up"),
    "escalation": ("value of the danger of war", "values of the danger of war"),
    "aftermath": ("value of what comes after", "values of what comes after"),
    "outlook": ("outlook", "outlooks"),
    "signing_cost": ("price of signing", "prices of signing"),
    "sincerity": ("sincerity", "sincerities"),
}


def removal_name(claims: Claims, removal: Removal) -> str:
    """What is taken away, to stand in a table: ``The paper: its own word``."""
    name = removal.name
    match removal.sort:
        case "source":
            return f"source: {tidy(claims.sources[name].title)}"
        case "speaker":
            return f"{tidy(claims.speakers[name].name)}: its own word"
        case "channel":
            return f"{tidy(claims.speakers[name].name)}: all that comes through it"
        case "group":
            return f"what rests on {GROUPS[name]} alone"
        case "grade":
            return f"what is graded below {name}"
        case "unjudged":
            return "what cannot be judged (F or 6)"
        case "claim":
            return f"{name}: {tidy(claims.claims[name].says)}"
        case "several":
            parts = (removal_name(claims, part) for part in removal.parts)
            return " + ".join(parts) if removal.parts else tidy(name)


def removal_phrase(claims: Claims, removal: Removal) -> str:
    """What is taken away, to stand in a sentence: ``the word of the paper``."""
    name = removal.name
    match removal.sort:
        case "source":
            return f"the source “{tidy(claims.sources[name].title)}”"
        case "speaker":
            return f"the word of {inside(claims.speakers[name].name)}"
        case "channel":
            return f"all that comes through {inside(claims.speakers[name].name)}"
        case "claim":
            return f"the claim {name} (“{tidy(claims.claims[name].says).rstrip('.')}”)"
        case "several" if removal.parts:
            return and_list(removal_phrase(claims, part) for part in removal.parts)
        case _:
            return removal_name(claims, removal)


def inside(name: str) -> str:
    """A name within a sentence: ``The paper`` becomes ``the paper``."""
    name = tidy(name)
    return f"the {name[4:]}" if name.startswith("The ") else name


def kinds_of(addresses: Iterable[str]) -> str:
    """``12 preferences and 3 links``: addresses by what they are values of, most first."""
    counts = Counter(address.split(".", maxsplit=1)[0] for address in addresses)
    return and_list(_counted(head, count) for head, count in counts.most_common())


def _counted(head: str, count: int) -> str:
    word = head.replace("_", " ")
    singular, plural = _HEADS.get(head, (f"value of {word}", f"values of {word}"))
    return f"{count} {singular if count == 1 else plural}"
