"""A claims file read and checked: all its mistakes at once, each with its place."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from detente.addresses import beneath, suggestion
from detente.checking import MAX_PROBLEMS, validate
from detente.errors import Problem, SituationError
from detente.sources.claims import Claim, Claims, Locator
from detente.yamltree import Tree, TreePath, parse_tree, read_tree

Fault = tuple[TreePath, str, str, str]
Faults = Iterator[Fault]


def load_claims(path: Path, known: Collection[str] | None = None) -> Claims:
    """Read a claims file. Raises SituationError with every problem found.

    ``known``, if given, is every address of the situation: a claim that supports
    anything else is a problem like any other.
    """
    return check_claims(read_tree(path), known)


def loads_claims(raw: bytes, file: str = "-", known: Collection[str] | None = None) -> Claims:
    """The same from bytes. Raises SituationError."""
    return check_claims(parse_tree(raw, file), known)


def check_claims(tree: Tree, known: Collection[str] | None = None) -> Claims:
    """Validate parsed YAML as claims. Raises SituationError."""
    claims, problems, cut = validate(Claims, tree)
    if claims is not None:
        found = [*_references(claims, tree), *_places(claims), *_supports(claims, known)]
        problems += [
            Problem(tree.place(at), ".".join(map(str, at)), *said)
            for path, *said in found
            if not cut.explains(at := cut.original(path))
        ]
    if problems or claims is None:
        raise SituationError(problems[:MAX_PROBLEMS])
    return claims


def _references(claims: Claims, tree: Tree) -> Faults:
    """Names of sources and speakers that must exist, even where theirs is faulty."""
    sources, speakers = (_written(tree, head) for head in ("sources", "speakers"))
    for name, claim in claims.claims.items():
        path: TreePath = ("claims", name)
        if claim.source is not None and claim.source not in sources:
            yield _unknown((*path, "source"), "source", claim.source, sources)
        for index, speaker in enumerate(claim.speakers):
            if speaker not in speakers:
                yield _unknown((*path, "speakers", index), "speaker", speaker, speakers)
        for index, speaker in enumerate(claim.speakers):
            if speaker in claim.speakers[:index]:
                yield (
                    (*path, "speakers", index), f"{speaker} stands twice in the chain",
                    "each speaker once, outermost first", "drop one",
                )  # fmt: skip
    for index, gap in enumerate(claims.not_modelled):
        if gap.source not in sources:
            yield _unknown(("not_modelled", index, "source"), "source", gap.source, sources)


def _written(tree: Tree, head: str) -> frozenset[str]:
    return frozenset(tree.data[head])


def _unknown(path: TreePath, what: str, name: str, known: Collection[str]) -> Fault:
    return path, f"no {what} is called {name}", f"a {what} of this file", suggestion(name, known)


def _places(claims: Claims) -> Faults:
    """Every claim on a text says where; no sentence is both modelled and not."""
    digests: dict[tuple[str, int, int], str] = {}
    taken: set[tuple[str, int, int]] = set()
    for name, claim in claims.claims.items():
        path: TreePath = ("claims", name)
        yield from _needs(path, claim, claims)
        if claim.source is not None:
            yield from _locators((*path, "at"), claim.source, claim.at, digests)
            taken.update((claim.source, at.paragraph, at.sentence) for at in claim.at)
    for index, gap in enumerate(claims.not_modelled):
        path = ("not_modelled", index, "at")
        yield from _locators(path, gap.source, gap.at, digests)
        for spot, at in enumerate(gap.at):
            if (gap.source, at.paragraph, at.sentence) in taken:
                yield (
                    (*path, spot), f"{_spot(at)} has a claim and is also marked as not modelled",
                    "one or the other", "drop this place",
                )  # fmt: skip


def _needs(path: TreePath, claim: Claim, claims: Claims) -> Faults:
    source = claims.sources.get(claim.source or "")
    if claim.source is None and claim.kind != "assumption":
        yield (
            path, "a claim without a source", "only an assumption may have none",
            "add source:, or make it an assumption",
        )  # fmt: skip
    if source is not None and source.sha256 is not None and not claim.at:
        yield path, "a claim without a place", "at least one sentence", "add at:"
    if claim.at and (claim.source is None or (source is not None and source.sha256 is None)):
        yield (
            (*path, "at"), "places without a text to look them up in",
            "places in a source that has a sha256", "give the source its sha256, or drop at:",
        )  # fmt: skip


def _locators(
    path: TreePath, source: str, at: tuple[Locator, ...], digests: dict[tuple[str, int, int], str]
) -> Faults:
    for index, locator in enumerate(at):
        spot = (source, locator.paragraph, locator.sentence)
        if locator in at[:index]:
            yield (*path, index), f"{_spot(locator)} stands twice", "each place once", "drop one"
        elif digests.setdefault(spot, locator.digest) != locator.digest:
            yield (
                (*path, index, "digest"),
                f"{_spot(locator)} has the digest {digests[spot]} elsewhere in this file",
                "one digest a sentence", "correct the wrong one",
            )  # fmt: skip


def _spot(at: Locator) -> str:
    return f"paragraph {at.paragraph}, sentence {at.sentence}"


def _supports(claims: Claims, known: Collection[str] | None) -> Faults:
    """Supported addresses stand once in a claim and exist in the situation."""
    for name, claim in claims.claims.items():
        for index, prefix in enumerate(claim.supports):
            path = ("claims", name, "supports", index)
            if prefix in claim.supports[:index]:
                yield path, f"{prefix} stands twice", "each address once", "drop one"
            elif known is not None and not beneath(prefix, known):
                yield (
                    path, f"{prefix} is not in this situation",
                    "an address of the situation, or the beginning of one",
                    suggestion(prefix, _prefixes(known)),
                )  # fmt: skip


def _prefixes(known: Collection[str]) -> set[str]:
    parts = (address.split(".") for address in known)
    return {".".join(p[:end]) for p in parts for end in range(1, len(p) + 1)}
