"""Any file that can be read as a situation: which format it is in, and its translation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from detente.addresses import suggestion
from detente.errors import SituationError, UsageError
from detente.interchange.bargain import situation_of
from detente.interchange.decide import looks_like_decide, read_decide
from detente.interchange.genius import DOMAIN, PROFILE, read_genius, root_of
from detente.interchange.geniusweb import is_geniusweb, read_geniusweb
from detente.interchange.gmcr import conflict_of
from detente.interchange.ktab import looks_like_ktab, read_ktab, tell_of_saliences
from detente.interchange.negmas import is_domain, is_profile, read_negmas
from detente.interchange.plain_data import parse
from detente.interchange.reading import MAX_FILES, Source, read_source, read_sources
from detente.interchange.record import Account, Imported, Remark, Settings, refusal
from detente.interchange.scales import situation_of_scales

Notes = dict[tuple[str, ...], str]
Made = tuple[dict[str, Any], Notes]
Translate = Callable[[Sequence[Source], Settings, Account], Made]


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, what it is, and how it becomes a situation."""

    name: str
    about: str
    translate: Translate
    many: bool = False


def import_files(
    paths: Sequence[Path], form: str | None = None, settings: Settings | None = None
) -> Imported:
    """Read files of another tool as one situation.

    Args:
        paths: files, or a folder that holds them.
        form: a name of ``FORMATS``; by default found from the content.
        settings: what the source leaves open.

    Raises:
        SituationError: files that cannot be used, with every mistake.
        UsageError: an unknown format, or settings that do not fit.
    """
    account = Account()
    sources = read_sources(paths, account)
    chosen, sources = _format(form, sources, account)
    if chosen.many:
        sources = _with_those_beside(sources, chosen.name)
    elif len(sources) > 1:
        raise refusal(
            sources[1].place, f"{len(sources)} files", f"one file of the format {chosen.name}",
            "import them one by one",
        )  # fmt: skip
    _check_settings(chosen, settings or Settings())
    data, notes = chosen.translate(sources, settings or Settings(), account)
    account.stop_if_wrong()
    remarks = tuple(dict.fromkeys(account.remarks))
    return Imported(chosen.name, tuple(s.file for s in sources), data, notes, _in_order(remarks))


def _check_settings(chosen: Format, settings: Settings) -> None:
    if chosen.many and settings.status_quo:
        raise UsageError(
            f"--status-quo: a scenario of {chosen.name} says by its reservation values what no deal "
            "brings; it goes with ktab, decide and gmcr; leave it out"
        )


def _in_order(remarks: tuple[Remark, ...]) -> tuple[Remark, ...]:
    order = ("taken", "chosen", "left out")
    return tuple(sorted(remarks, key=lambda remark: order.index(remark.sort)))


def _format(
    form: str | None, sources: list[Source], account: Account
) -> tuple[Format, list[Source]]:
    """The format asked for or found, and the files that are in it; the others are reported."""
    if form is not None and form not in FORMATS:
        raise UsageError(
            f"format {form}: no such format; {', '.join(FORMATS)} are allowed; "
            f"{suggestion(form, FORMATS)}"
        )
    if form is not None and len(sources) == 1:
        return FORMATS[form], sources
    found = [_found(source) for source in sources]
    names = [form] if form is not None else list(dict.fromkeys(name for name in found if name))
    if not names:
        known = "; ".join(f"{one.name} ({one.about})" for one in FORMATS.values())
        raise refusal(sources[0].place, "a format that is not known", known, "name it with --from")
    if len(names) > 1:
        raise refusal(
            sources[0].place, f"files of several formats: {', '.join(names)}", "files of one format",
            "name the files you mean, or the format with --from",
        )  # fmt: skip
    own = [source for source, name in zip(sources, found, strict=True) if name == names[0]]
    for source in sources:
        if own and source not in own:
            account.left_out(f"{source.file}: no file of the format {names[0]}")
    return FORMATS[names[0]], own or sources


def _found(source: Source) -> str | None:
    """The format's name, from what the file holds."""
    text = source.text.removeprefix("\ufeff").lstrip()
    if text.startswith("<"):
        root = root_of(source)
        return "genius" if root.tag in {DOMAIN, PROFILE} else None
    if looks_like_decide(source):
        return "decide"
    if looks_like_ktab(source):
        return "ktab"
    try:
        data = parse(source).data
    except SituationError:
        if text[:1] in {"{", "["} and source.path.suffix.lower() != ".csv":
            raise
        data = None
    if isinstance(data, dict):
        if "detente" in data:
            raise refusal(
                source.place, "a situation file", "a file of another tool",
                "it needs no import: run it",
            )  # fmt: skip
        if is_geniusweb(data):
            return "geniusweb"
        if "decisionMakers" in data:
            return "gmcr"
        return "negmas" if is_domain(data) or is_profile(data) else None
    return None


def _with_those_beside(sources: list[Source], form: str) -> list[Source]:
    """A domain on its own takes the profiles beside it."""
    if len(sources) != 1:
        return sources
    only = sources[0]
    beside = sorted(
        path
        for path in only.path.parent.glob(f"*{only.path.suffix}")
        if path.is_file() and path != only.path and not path.name.startswith(".")
    )
    if len(beside) > MAX_FILES:
        raise refusal(
            only.place, f"{len(beside)} files beside it", f"at most {MAX_FILES}",
            "name the profiles too",
        )  # fmt: skip
    found = [_profile_or_none(path, form) for path in beside]
    return [only, *[source for source in found if source is not None]]


def _profile_or_none(path: Path, form: str) -> Source | None:
    try:
        source = read_source(path, Account())
        if form == "genius":
            return source if root_of(source).tag == PROFILE else None
        data = parse(source).data
        return source if is_profile(data) or is_geniusweb(data) else None
    except SituationError:
        return None


def _genius(sources: Sequence[Source], settings: Settings, account: Account) -> Made:
    scenario = read_genius(sources, settings, account)
    return situation_of(scenario, sources[0].place, account, "A negotiation scenario of Genius.")


def _negmas(sources: Sequence[Source], settings: Settings, account: Account) -> Made:
    scenario = read_negmas(sources, settings, account)
    return situation_of(scenario, sources[0].place, account, "A negotiation scenario of NegMAS.")


def _geniusweb(sources: Sequence[Source], settings: Settings, account: Account) -> Made:
    scenario = read_geniusweb(sources, settings, account)
    about = "A negotiation scenario of GeniusWeb."
    return situation_of(scenario, sources[0].place, account, about)


def _ktab(sources: Sequence[Source], settings: Settings, account: Account) -> Made:
    table = read_ktab(sources, settings, account)
    tell_of_saliences(table.seats, account)
    about = "Actors with positions on scales, from a KTAB table."
    return situation_of_scales(table, sources[0].place, settings, account, about)


def _decide(sources: Sequence[Source], settings: Settings, account: Account) -> Made:
    table = read_decide(sources, settings, account)
    about = "Actors with positions on issues, from data of the exchange model."
    return situation_of_scales(table, sources[0].place, settings, account, about)


def _gmcr(sources: Sequence[Source], settings: Settings, account: Account) -> Made:
    return conflict_of(sources[0], settings, account)


FORMATS: dict[str, Format] = {
    one.name: one
    for one in (
        Format("genius", "XML: a domain and utility spaces", _genius, many=True),
        Format(
            "negmas", "YAML or JSON: an outcome space and utility functions", _negmas, many=True
        ),
        Format("geniusweb", "JSON: profiles with their domain", _geniusweb, many=True),
        Format("ktab", "CSV: actors with capability, positions and saliences", _ktab),
        Format("decide", "lines that start with #A, #P, #M and #D", _decide),
        Format("gmcr", "JSON: decision makers, options, infeasible states, preferences", _gmcr),
    )
}
