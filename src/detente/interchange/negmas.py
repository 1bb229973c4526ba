"""Scenarios as NegMAS (Mohammad et al. 2021) writes them in YAML and JSON.

One file holds the outcome space, one file a utility function.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from detente.interchange.genius import issue_of_range
from detente.interchange.naming import label
from detente.interchange.plain_data import Reader, as_number, kind_of, parse
from detente.interchange.reading import Source
from detente.interchange.record import Account, Settings, listed
from detente.interchange.scenario import Profile, Range, Scenario, ScenarioIssue, number_text
from detente.interchange.value_functions import affine, polynomial, triangular
from detente.yamltree import TreePath

ADDITIVE = frozenset(
    {"LinearAdditiveUtilityFunction", "LinearUtilityFunction", "AffineUtilityFunction",
     "ConstUtilityFunction"}
)  # fmt: skip
DISCOUNTED = frozenset({"ExpDiscountedUFun", "LinDiscountedUFun"})
READ_ALREADY = frozenset(
    {"name", "type", "weights", "values", "bias", "reserved_value", "__python_class__", "id",
     "stability", "outcome_space", "reserved_outcome", "path", "value"}
)  # fmt: skip


def is_domain(data: Any) -> bool:
    """Whether this is an outcome space."""
    return "OutcomeSpace" in kind_of(data) or (isinstance(data, dict) and "issues" in data)


def is_profile(data: Any) -> bool:
    """Whether this is a utility function."""
    kind = kind_of(data).lower()
    return "ufun" in kind or "utilityfunction" in kind


def read_negmas(sources: Sequence[Source], settings: Settings, account: Account) -> Scenario:
    """The scenario in these files. Raises SituationError."""
    readers = [(source, Reader(parse(source), account)) for source in sources]
    domains = [(s, r) for s, r in readers if is_domain(r.tree.data) and not is_profile(r.tree.data)]
    profiles = [(s, r) for s, r in readers if is_profile(r.tree.data)]
    for source, reader in readers:
        if not is_domain(reader.tree.data) and not is_profile(reader.tree.data):
            account.left_out(f"{source.file}: neither an outcome space nor a utility function")
    if len(domains) != 1 or len(profiles) < 2:
        found = f"{len(domains)} outcome space(s) and {len(profiles)} utility function(s)"
        account.wrong(
            sources[0].place, found, "one outcome space and at least two utility functions",
            "name their files, or the folder that holds them",
        )  # fmt: skip
    account.stop_if_wrong()
    source, domain = domains[0]
    issues = _issues(domain, settings)
    account.stop_if_wrong()
    read = [_profile(one, reader, issues) for one, reader in profiles]
    account.stop_if_wrong()
    name = str(domain.at(("name",)) or source.path.stem)
    return Scenario(name, issues, tuple(read))


def _issues(domain: Reader, settings: Settings) -> tuple[ScenarioIssue, ...]:
    found: list[ScenarioIssue] = []
    for index in range(len(domain.items(("issues",)))):
        path: TreePath = ("issues", index)
        name = str(domain.at((*path, "name")) or f"issue {index + 1}")
        if name in [issue.name for issue in found]:
            domain.wrong((*path, "name"), "each issue once", "rename one of them")
        found.append(_issue(domain, path, name, settings))
    return tuple(found)


def _issue(domain: Reader, path: TreePath, name: str, settings: Settings) -> ScenarioIssue:
    kind = kind_of(domain.at(path))
    values = domain.items((*path, "values"))
    if kind in {"ContiguousIssue", "ContinuousIssue"}:
        low, high = (domain.number((*path, "values", end)) for end in (0, 1))
        if low > high or len(values) != 2:
            domain.wrong((*path, "values"), "[lowest, highest]", "give the two ends in order")
            return ScenarioIssue(name, ("?",))
        span = Range(low, high, kind == "ContiguousIssue")
        return issue_of_range(name, span, settings, domain.account)
    texts = [_text(value) for value in values]
    if not texts or len(set(texts)) < len(texts):
        domain.wrong((*path, "values"), "values, each once", "give every value once")
        return ScenarioIssue(name, ("?",))
    numbers = [as_number(value) for value in values if not isinstance(value, str)]
    whole = [number for number in numbers if number is not None]
    return ScenarioIssue(name, tuple(texts), tuple(whole) if len(whole) == len(texts) else None)


def _text(value: object) -> str:
    if isinstance(value, float):
        return number_text(value)
    return str(value)


def _profile(source: Source, reader: Reader, issues: tuple[ScenarioIssue, ...]) -> Profile:
    reader = _undiscounted(source, reader)
    kind = kind_of(reader.tree.data)
    name = str(reader.at(("name",)) or source.path.stem)
    if kind not in ADDITIVE:
        reader.account.wrong(
            reader.tree.place(("type",)), f"the utility function {label(kind)}",
            f"a weighted sum over issues ({', '.join(sorted(ADDITIVE))})",
            "it has no counterpart: approximate it by such a sum first", "type",
        )  # fmt: skip
        return Profile(name, (), 0.0, None)
    extra = [key for key in reader.tree.data if key not in READ_ALREADY]
    if extra:
        reader.account.left_out(f"{source.file}: {listed(extra)}")
    if reader.at(("reserved_outcome",)) is not None:
        reader.account.left_out(
            f"{source.file}: the reserved outcome; its reserved value was taken"
        )
    return Profile(name, _worth(reader, kind, issues), _bias(reader, kind), _reserved(reader))


def _undiscounted(source: Source, reader: Reader) -> Reader:
    kind = kind_of(reader.tree.data)
    if kind not in DISCOUNTED or not isinstance(reader.at(("ufun",)), dict):
        return reader
    reader.account.left_out(
        f"{source.file}: the discounting of {kind}: a situation has no rounds of offers in which "
        "utility fades"
    )
    places = {p[1:]: place for p, place in reader.tree.places.items() if p[:1] == ("ufun",)}
    inner = type(reader.tree)(reader.tree.file, reader.at(("ufun",)), places)
    return Reader(inner, reader.account)


def _bias(reader: Reader, kind: str) -> float:
    return reader.number(("value" if kind == "ConstUtilityFunction" else "bias",), 0.0)


def _reserved(reader: Reader) -> float | None:
    raw = reader.at(("reserved_value",))
    if raw is None or as_number(raw) == float("-inf") or str(raw).lower() in {"nan", ".nan"}:
        return None
    return reader.number(("reserved_value",))


def _worth(reader: Reader, kind: str, issues: tuple[ScenarioIssue, ...]) -> Any:
    if kind == "ConstUtilityFunction":
        return tuple(tuple(0.0 for _ in issue.values) for issue in issues)
    rows: list[tuple[float, ...]] = []
    for index, issue in enumerate(issues):
        weight = reader.number(_key(reader, "weights", index, issue), 1.0)
        if kind == "LinearAdditiveUtilityFunction":
            values = _values(reader, _key(reader, "values", index, issue), issue)
        else:
            values = list(_points(reader, ("weights",), issue))
        rows.append(tuple(weight * value for value in values))
    return tuple(rows)


def _key(reader: Reader, head: str, index: int, issue: ScenarioIssue) -> TreePath:
    """Lists go by the order of issues, tables by their names."""
    return (head, issue.name) if isinstance(reader.at((head,)), dict) else (head, index)


def _points(reader: Reader, path: TreePath, issue: ScenarioIssue) -> Sequence[float]:
    if issue.numbers is None:
        reader.account.wrong(
            reader.tree.place(path), f"a function of {label(issue.name)}, whose values are no numbers",
            "a table from values to utilities", "write it as a TableFun",
        )  # fmt: skip
        return [0.0 for _ in issue.values]
    return issue.numbers


def _values(reader: Reader, path: TreePath, issue: ScenarioIssue) -> list[float]:
    raw = reader.at(path)
    kind = kind_of(raw)
    if kind in {"TableFun", "DictFun"} or (isinstance(raw, dict) and not kind):
        return _from_table(reader, (*path, "mapping") if kind else path, issue)
    if kind == "ConstFun":
        return [reader.number((*path, "bias"), 0.0) for _ in issue.values]
    shape = _SHAPES.get(kind)
    if shape is None:
        reader.wrong(path, f"one of TableFun, ConstFun, {', '.join(_SHAPES)}", "write a TableFun")
        return [0.0 for _ in issue.values]
    return shape(reader, path, _points(reader, path, issue))


def _from_table(reader: Reader, path: TreePath, issue: ScenarioIssue) -> list[float]:
    given = reader.table(path)
    texts = {_same(key): key for key in given} if issue.numbers is not None else {}
    found: list[float] = []
    for value in issue.values:
        key = value if value in given else texts.get(_same(value))
        if key is None:
            reader.wrong(path, f"a utility for {label(value)!r} of {label(issue.name)}", "add it")
        found.append(0.0 if key is None else reader.number((*path, key)))
    return found


def _same(key: str) -> str:
    """Keys that are the same number are the same key."""
    number = as_number(key)
    return key if number is None else number_text(number)


def _affine(reader: Reader, path: TreePath, points: Sequence[float]) -> list[float]:
    return affine(points, reader.number((*path, "slope")), reader.number((*path, "bias"), 0.0))


def _identity(reader: Reader, path: TreePath, points: Sequence[float]) -> list[float]:
    return affine(points, 1.0, reader.number((*path, "bias"), 0.0))


def _quadratic(reader: Reader, path: TreePath, points: Sequence[float]) -> list[float]:
    a1, a2 = reader.number((*path, "a1")), reader.number((*path, "a2"))
    return polynomial(points, (a1, a2), reader.number((*path, "bias"), 0.0))


def _polynomial(reader: Reader, path: TreePath, points: Sequence[float]) -> list[float]:
    count = len(reader.items((*path, "coefficients")))
    given = [reader.number((*path, "coefficients", index)) for index in range(count)]
    return polynomial(points, given, reader.number((*path, "bias"), 0.0))


def _triangular(reader: Reader, path: TreePath, points: Sequence[float]) -> list[float]:
    low, top, high = (reader.number((*path, key)) for key in ("start", "middle", "end"))
    scale, bias = reader.number((*path, "scale"), 1.0), reader.number((*path, "bias"), 0.0)
    return affine(triangular(points, low, top, high), scale, bias)


_SHAPES = {
    "AffineFun": _affine, "LinearFun": _affine, "IdentityFun": _identity,
    "QuadraticFun": _quadratic, "PolynomialFun": _polynomial, "TriangularFun": _triangular,
}  # fmt: skip
