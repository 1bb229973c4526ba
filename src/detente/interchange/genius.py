"""Genius scenarios in XML: one domain, and one utility space a party.

The form is that of Genius (Lin et al. 2014), which NegMAS reads and writes as well. A file
that declares a document type is refused, and nothing outside the file is ever read.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from detente.errors import Place
from detente.interchange.naming import label
from detente.interchange.reading import Source
from detente.interchange.record import Account, Settings, listed, refusal
from detente.interchange.scenario import Profile, Range, Scenario, ScenarioIssue, number_text
from detente.interchange.value_functions import affine, polynomial, triangular

# lxml carries no types, so it is brought in as Any
etree: Any = import_module("lxml.etree")

DOMAIN, PROFILE = "negotiation_template", "utility_space"
IN_OBJECTIVE = frozenset({"issue", "weight", "objective", "utility_function", "utility"})
IN_PROFILE = frozenset({"objective", "discount_factor", "reservation", "constraints"})
Element = Any


def root_of(source: Source) -> Element:
    """The root element. Raises SituationError for what is not well formed or has a DOCTYPE."""
    if "<!DOCTYPE" in source.text or "<!ENTITY" in source.text:
        raise _doctype(source)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root = etree.fromstring(source.raw, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        found = f"not well-formed XML: {str(error.msg).split(', line')[0]}"
        raise refusal(
            Place(source.file, line, column), found, "well-formed XML", "mend the line"
        ) from None
    if root.getroottree().docinfo.doctype:
        raise _doctype(source)
    return root


def _doctype(source: Source) -> Exception:
    return refusal(
        source.place, "a document type declaration", "XML without <!DOCTYPE> and entities",
        "remove the declaration",
    )  # fmt: skip


def read_genius(sources: Sequence[Source], settings: Settings, account: Account) -> Scenario:
    """The scenario in these files. Raises SituationError."""
    roots = [(source, root_of(source)) for source in sources]
    domains = [(source, root) for source, root in roots if root.tag == DOMAIN]
    profiles = [(source, root) for source, root in roots if root.tag == PROFILE]
    for source, root in roots:
        if root.tag not in {DOMAIN, PROFILE}:
            account.left_out(f"{source.file}: its root is <{root.tag}>, no domain and no profile")
    if len(domains) > 1:
        source, _ = domains[1]
        account.wrong(source.place, "a second domain", "one domain", "name the files of one")
    if len(profiles) < 2:
        account.wrong(
            sources[0].place, f"{len(profiles)} utility space{'s' * (len(profiles) != 1)}",
            f"a domain and at least two profiles (root <{PROFILE}>)",
            "name the profiles too, or the folder that holds them",
        )  # fmt: skip
    account.stop_if_wrong()
    if not domains:
        account.chosen("there is no domain file: the issues are those of the first profile")
    source, root = (domains or profiles)[0]
    domain = _Domain(source, root, settings, account)
    read = [_Profile(one, element, domain, settings, account) for one, element in profiles]
    account.stop_if_wrong()
    return Scenario(
        _title(source), tuple(domain.issues), tuple(profile.record() for profile in read)
    )


def _title(source: Source) -> str:
    parent = source.path.resolve().parent.name
    stem = source.path.stem
    return f"{parent}: {stem}" if parent and parent.lower() not in stem.lower() else stem


def _tell_of_unknown(source: Source, holder: Element, known: set[str], account: Account) -> None:
    """Note elements that nothing is made of."""
    unknown = [e for e in holder if e.tag not in known]
    if unknown:
        named = [f"<{element.tag}> on line {element.sourceline}" for element in unknown]
        account.left_out(f"{source.file}: {listed(named)}")


def _objective(root: Element) -> Element:
    """The element that holds the issues: the outermost objective, or the root without one."""
    space = root.find(PROFILE) if root.tag == DOMAIN else root
    space = root if space is None else space
    found = space.find("objective")
    return space if found is None else found


def _place(source: Source, element: Element) -> Place:
    return Place(source.file, element.sourceline or 1)


def _number(element: Element, name: str, source: Source, account: Account) -> float | None:
    """A finite number from an attribute; None, and a mistake noted, where there is none."""
    raw = element.get(name)
    try:
        number = float(raw) if raw is not None else float("nan")
    except ValueError:
        number = float("nan")
    if abs(number) < float("inf"):
        return number
    account.wrong(
        _place(source, element), f"<{element.tag}> with {name}={label(str(raw))!r}",
        "a finite number", f"give {name} a number",
    )  # fmt: skip
    return None


class _Domain:
    """The issues of a domain, in the order of their index."""

    def __init__(self, source: Source, root: Element, settings: Settings, account: Account) -> None:
        self.source, self.settings, self.account = source, settings, account
        self.issues: list[ScenarioIssue] = []
        self.index: list[str] = []
        self.ranges: dict[str, Range] = {}
        objective = _objective(root)
        _tell_of_unknown(source, root, {PROFILE, *IN_PROFILE}, account)
        found = list(objective.iter("issue"))
        nested = [e.get("name", "") for e in objective.iterdescendants("objective")]
        if nested:
            account.left_out(f"the grouping of issues under {listed(nested)}; the issues are kept")
        if not found:
            account.wrong(
                _place(source, objective), "no <issue>", "at least one", "is it a domain?"
            )
        for number, element in enumerate(found, start=1):
            self._add(element, number)

    def _add(self, element: Element, number: int) -> None:
        name = str(element.get("name") or f"issue {number}")
        if name in [issue.name for issue in self.issues]:
            self.account.wrong(
                _place(self.source, element), f"a second issue {label(name)!r}",
                "each issue once", "rename one of them",
            )  # fmt: skip
            return
        self.index.append(str(element.get("index") or number))
        kind = element.get("vtype") or element.get("type") or element.get("etype") or "discrete"
        items = element.findall("item")
        if items or kind == "discrete":
            self.issues.append(self._discrete(name, element, items))
        else:
            self.issues.append(self._range(name, element, whole=kind == "integer"))

    def _discrete(self, name: str, element: Element, items: list[Element]) -> ScenarioIssue:
        values = [str(item.get("value")) for item in items if item.get("value") is not None]
        unique = tuple(dict.fromkeys(values))
        if len(unique) < len(items):
            self.account.left_out(
                f"{len(items) - len(unique)} repeated or nameless value(s) of {label(name)}"
            )
        if not unique:
            self.account.wrong(
                _place(self.source, element), f"the issue {label(name)!r} has no value",
                "at least one <item value=…>", "add its values",
            )  # fmt: skip
        return ScenarioIssue(name, unique or ("?",))

    def _range(self, name: str, element: Element, *, whole: bool) -> ScenarioIssue:
        holder = element.find("range")
        holder = element if holder is None else holder
        low = _number(holder, "lowerbound", self.source, self.account)
        high = _number(holder, "upperbound", self.source, self.account)
        if low is None or high is None:
            return ScenarioIssue(name, ("?",))
        if low > high:
            self.account.wrong(
                _place(self.source, holder), f"lowerbound {low:g} above upperbound {high:g}",
                "the lower end first", "exchange the two",
            )  # fmt: skip
        self.ranges[name] = Range(low, high, whole)
        return issue_of_range(name, self.ranges[name], self.settings, self.account)


def issue_of_range(name: str, span: Range, settings: Settings, account: Account) -> ScenarioIssue:
    """A range of numbers as an issue with values, saying so where some are left out."""
    points = span.points(settings.steps)
    if not span.whole or len(points) <= span.high - span.low:
        kind = "whole" if span.whole else "real"
        account.chosen(
            f"{label(name)} runs over {kind} numbers from {span.low:g} to {span.high:g}: "
            f"{len(points)} of them became options, evenly spread (--steps)"
        )
    return ScenarioIssue(name, tuple(map(number_text, points)), points)


class _Profile:
    """One utility space, matched to the issues of the domain."""

    def __init__(
        self, source: Source, root: Element, domain: _Domain, settings: Settings, account: Account
    ) -> None:
        self.source, self.domain, self.settings = source, domain, settings
        self.account = account
        self.root = root
        objective = _objective(root)
        self.found = {str(e.get("name")): e for e in objective.iter("issue")}
        self.bias, self.above_one = 0.0, False
        self.weights = self._weights(objective)
        self._refuse_what_is_not_additive(objective)
        self.worth = tuple(self._row(issue) for issue in domain.issues)
        self.reserved = self._reserved()
        self._doubt_the_scale()
        self._discount()

    def record(self) -> Profile:
        """The profile, once nothing is wrong."""
        return Profile(self.source.path.stem, self.worth, self.bias, self.reserved)

    def _refuse_what_is_not_additive(self, objective: Element) -> None:
        for tag in ("utility_function", "utility"):
            for element in objective.iter(tag):
                self.account.wrong(
                    _place(self.source, element), f"<{tag}>: a utility over hyper-rectangles",
                    "a weighted sum over issues", "it has no counterpart: import another profile",
                )  # fmt: skip
        _tell_of_unknown(self.source, objective, {*IN_OBJECTIVE, *IN_PROFILE}, self.account)
        if objective is not self.root:
            _tell_of_unknown(self.source, self.root, {*IN_PROFILE}, self.account)
        for element in self.root.iter("constraints", "constraint"):
            self.account.left_out(
                f"{self.source.file}:{element.sourceline}: <{element.tag}>: packages it forbids "
                "stay allowed; write a link"
            )
        stray = [name for name in self.found if name not in [i.name for i in self.domain.issues]]
        if stray:
            self.account.wrong(
                self.source.place, f"issues that the domain does not have: {listed(stray)}",
                "the issues of the domain", "is it a profile of this domain?",
            )  # fmt: skip

    def _weights(self, objective: Element) -> dict[str, float]:
        by_index: dict[str, float] = {}
        groups = {str(e.get("index")) for e in objective.iterdescendants("objective")}
        for element in objective.iter("weight"):
            value = _number(element, "value", self.source, self.account)
            index = str(element.get("index"))
            if value is None:
                continue
            if index in self.domain.index:
                by_index[index] = value
            elif index in groups:  # Genius sums over issues, whatever group they are in
                self.account.left_out(f"{self.source.file}: the weight of the group {index}")
            else:  # NegMAS writes a constant as the weight of one issue more
                self.bias += value
                self.account.taken(
                    f"{self.source.file}:{element.sourceline}: a weight for an issue {index} that "
                    f"is not there counts as a constant, {value:g}"
                )
        names = [issue.name for issue in self.domain.issues]
        missing = [
            name for i, name in zip(self.domain.index, names, strict=True) if i not in by_index
        ]
        present = [name for name in missing if name in self.found]
        if present:
            self.account.wrong(
                self.source.place, f"no weight for {listed(present)}",
                "a <weight index=… value=…> for each issue", "add the weights",
            )  # fmt: skip
        return {n: by_index.get(i, 0.0) for i, n in zip(self.domain.index, names, strict=True)}

    def _row(self, issue: ScenarioIssue) -> tuple[float, ...]:
        element = self.found.get(issue.name)
        weight = self.weights[issue.name]
        if element is None:
            self.account.chosen(
                f"{self.source.file} says nothing of {label(issue.name)}: it is worth nothing to it"
            )
            return tuple(0.0 for _ in issue.values)
        evaluator = element.find("evaluator")
        if evaluator is not None and not element.findall("item"):
            values = self._evaluated(issue, evaluator)
        else:
            values = self._listed(issue, element)
        return tuple(weight * value for value in values)

    def _listed(self, issue: ScenarioIssue, element: Element) -> list[float]:
        given: dict[str, float] = {}
        for item in element.findall("item"):
            value = _number(item, "evaluation", self.source, self.account)
            given[_as_written(str(item.get("value")), issue)] = 0.0 if value is None else value
        missing = [value for value in issue.values if value not in given]
        if missing:
            self.account.wrong(
                _place(self.source, element),
                f"no evaluation of {listed([label(v) for v in missing])} on {label(issue.name)}",
                "an <item value=… evaluation=…> for each value", "add them",
            )  # fmt: skip
            return [0.0 for _ in issue.values]
        largest = max(given.values())
        if largest > 1.0 and self.settings.as_genius:
            return [given[value] / largest for value in issue.values]
        self.above_one |= largest > 1.0
        return [given[value] for value in issue.values]

    def _evaluated(self, issue: ScenarioIssue, evaluator: Element) -> list[float]:
        kind = str(evaluator.get("ftype") or evaluator.get("type") or "linear").lower()
        points = issue.numbers
        if points is None:
            self._unknown(evaluator, "an evaluator over values that are no numbers")
            return [0.0 for _ in issue.values]
        if kind == "constant":
            level = _number(evaluator, "parameter0", self.source, self.account) or 0.0
            return [level for _ in points]
        if kind == "linear":
            return self._linear(points, evaluator, issue)
        if kind in {"triangular", "quadratic"}:
            first, second, third = self._three(evaluator)
            if kind == "quadratic":
                return polynomial(points, (second, third), first)
            return triangular(points, low=first, top=third, high=second)
        self._unknown(evaluator, f"the evaluator {kind}")
        return [0.0 for _ in points]

    def _three(self, evaluator: Element) -> list[float]:
        given = [_number(evaluator, f"parameter{i}", self.source, self.account) for i in range(3)]
        return [0.0 if number is None else number for number in given]

    def _linear(
        self, points: Sequence[float], evaluator: Element, issue: ScenarioIssue
    ) -> list[float]:
        if evaluator.get("slope") is not None or evaluator.get("offset") is not None:
            slope = _number(evaluator, "slope", self.source, self.account)
            offset = _number(evaluator, "offset", self.source, self.account)
            low = self.domain.ranges[issue.name].low
            if low:
                self.account.chosen(
                    f"{label(issue.name)}: offset and slope count from the lower end, {low:g}, as in "
                    "Genius; NegMAS counts from 0"
                )
            return affine([x - low for x in points], slope or 0.0, offset or 0.0)
        slope = _number(evaluator, "parameter1", self.source, self.account)
        offset = _number(evaluator, "parameter0", self.source, self.account)
        return affine(points, slope or 0.0, offset or 0.0)

    def _unknown(self, element: Element, what: str) -> None:
        self.account.wrong(
            _place(self.source, element), what, "linear, quadratic, triangular or constant evaluators, or items",
            "it has no counterpart: list the values as items",
        )  # fmt: skip

    def _reserved(self) -> float | None:
        element = self.root.find("reservation")
        if element is None:
            return None
        if str(element.get("value")).lower() in {"-inf", "-infinity"}:
            return None
        return _number(element, "value", self.source, self.account)

    def _doubt_the_scale(self) -> None:
        if not self.above_one:
            return
        self.account.chosen(
            "evaluations above 1 were taken as they stand, as NegMAS does; Genius divides those "
            "of an issue by their largest (--evaluations genius)"
        )
        if self.reserved is not None and 0.0 < self.reserved <= 1.0:
            self.account.chosen(
                f"the reservation of {self.source.path.stem}, {self.reserved:g}, stands on the scale of "
                "those evaluations; if it was meant on one from 0 to 1, --evaluations genius reads it so"
            )

    def _discount(self) -> None:
        element = self.root.find("discount_factor")
        if element is None or element.get("value") in {None, "1", "1.0", "0", "0.0"}:
            return
        self.account.left_out(
            f"{self.source.file}:{element.sourceline}: the discount factor {element.get('value')}: "
            "a situation has no rounds of offers in which utility fades"
        )


def _as_written(value: str, issue: ScenarioIssue) -> str:
    """The value of the domain that an item means: numbers may be written in several ways."""
    if issue.numbers is None or value in issue.values:
        return value
    try:
        return number_text(float(value))
    except ValueError:
        return value
