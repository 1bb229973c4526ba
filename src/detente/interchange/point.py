"""One bargaining problem out of a situation: one draw, or the mean over draws.

What is left has a gain for every option and a demand for every principal, and nothing uncertain.
Means of gains and demands are what a party that maximises its expected gain goes by.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from detente.arrays import Bools, Floats, Ints
from detente.bargaining.rows import TOLERANCE
from detente.bargaining.solution import package_gains
from detente.ensemble.chunk import run_chunk, space_for
from detente.ensemble.scouting import scout
from detente.errors import UsageError
from detente.interchange.record import Account, listed
from detente.model.gains import Gains, Mood, compile_gains
from detente.model.structure import LinkPlace, Structure, structure_of
from detente.model.table import Table, set_table
from detente.sampling.draws import Draws, Plan
from detente.situation.scenarios import Scenario
from detente.situation.schema import Situation

MAX_COUNTED = 2**20


@dataclass(frozen=True, slots=True)
class Point:
    """A situation without uncertainty.

    Attributes:
        situation, structure: what it was made from.
        gain: shape (party at the table, option), in stakes, principals first.
        bonus: shape (link, party at the table), what links add.
        demand: shape (party at the table,), the least gain each agrees to.
        packages: numbers of the packages that links and absolute red lines leave, without the
            status quo: shape (package,).
        positions: shape (package, issue), their option positions.
        zone: shape (package,), whether it suits every principal, and every consenter it touches.
        account: what was chosen and left out.
    """

    situation: Situation
    structure: Structure
    gain: Floats
    bonus: Floats
    demand: Floats
    packages: Ints
    positions: Ints
    zone: Bools
    account: Account

    @property
    def surplus(self) -> Floats:
        """Gain less demand of every principal from every package left: (package, principal)."""
        return (self.gains_of() - self.demand)[:, : self.structure.principals]

    def gains_of(self) -> Floats:
        """Gains of everybody at the table from every package left: (package, party)."""
        rows = len(self.packages)
        option = np.broadcast_to(self.gain, (rows, *self.gain.shape))
        bonus = np.broadcast_to(self.bonus, (rows, *self.bonus.shape))
        return package_gains(space_for(self.structure), option, bonus, self.packages)

    def kept(self) -> tuple[tuple[int, ...], ...]:
        """Positions of the options that some package left holds, by issue."""
        return tuple(tuple(sorted({int(at) for at in column})) for column in self.positions.T)


def point_of(situation: Situation, scenario: Scenario, plan: Plan, draw: int | None) -> Point:
    """The problem of draw ``draw``, or of the mean over all draws of ``plan``.

    Raises UsageError for a draw that the plan does not have, for a package space too large to
    look through, and where nothing is left that could be agreed on.
    """
    structure, account = structure_of(situation), Account()
    if structure.packages > MAX_COUNTED:
        raise UsageError(
            f"{structure.packages:,} packages; an export looks at each, so at most {MAX_COUNTED:,} "
            "are allowed; drop options that nobody disputes"
        )
    if draw is not None and not 0 <= draw < plan.draws:
        raise UsageError(
            f"draw {draw}: not among {plan.draws:,} draws; 0 to {plan.draws - 1} are allowed; choose one"
        )
    start, stop = (0, plan.draws) if draw is None else (draw, draw + 1)
    draws = Draws(scenario.values, plan, start, stop)
    expects = scout(structure, scenario, seed=plan.seed)
    found = run_chunk(structure, scenario, expects, plan, start, stop, why=False)
    mood = Mood(found.tension, found.fear)
    gains = compile_gains(structure, draws, mood)
    table = set_table(structure, draws, gains, mood)
    left = _left(structure, gains, account)
    point = Point(
        situation, structure, table.gain.mean(axis=0), table.bonus.mean(axis=0),
        table.demand.mean(axis=0), left, space_for(structure).positions_of(left),
        np.zeros(len(left), dtype=np.bool_), account,
    )  # fmt: skip
    _tell(structure, table, draw, plan, account)
    return replace(point, zone=_zone(point))


def _left(structure: Structure, gains: Gains, account: Account) -> Ints:
    """Packages but for the status quo, less those that what is certain forbids."""
    numbers = np.arange(structure.packages)
    held = space_for(structure).positions_of(numbers)
    ok = ~(held == np.array(structure.status_quo)).all(axis=1)
    for index, link in enumerate(structure.links):
        if link.form == "with":
            continue
        share = float(gains.holds[:, index].mean())
        if share == 1.0:
            ok &= ~_breaks(link, held)
        elif share > 0.0:
            account.left_out(f"the link {link.id}, in force in {share:.0%} of draws")
    for index, line in enumerate(structure.lines):
        share = float(gains.absolute[:, index].mean())
        owner, ref = structure.parties[line.party], structure.options[line.option].ref
        if share == 1.0 and line.party < structure.principals:
            ok &= ~(held == line.option).any(axis=1)
            account.taken(f"an absolute red line: {owner} at {ref}; no package left holds it")
        elif share > 0.0 and line.party < structure.at_table:
            account.left_out(f"the red line of {owner} at {ref}, absolute in {share:.0%} of draws")
    if not ok.any():
        raise UsageError(
            "nothing is left that could be agreed on: links and absolute red lines forbid every "
            "package; at least one is needed; choose another draw, or --set a value"
        )
    return numbers[ok]


def _breaks(link: LinkPlace, held: Ints) -> Bools:
    """Which packages a requires or excludes link forbids: shape (package,)."""
    when = np.isin(held, link.when).any(axis=1)
    each = np.stack([(held == ref).any(axis=1) for ref in link.refs])
    match: Bools = np.asarray(each.all(axis=0) if link.match_all else each.any(axis=0))
    return when & (~match if link.form == "requires" else match)


def _zone(point: Point) -> Bools:
    structure = point.structure
    enough = point.gains_of() >= point.demand - TOLERANCE
    zone: Bools = np.asarray(enough[:, : structure.principals].all(axis=1))
    for c, options in enumerate(structure.consent_to):
        touched = np.isin(point.positions, options).any(axis=1)
        zone &= ~touched | enough[:, structure.principals + c]
    return zone


def _tell(
    structure: Structure, table: Table, draw: int | None, plan: Plan, account: Account
) -> None:
    of = f"of {plan.draws:,} draws, seed {plan.seed}"
    account.taken(f"gains and demands of draw {draw} {of}" if draw is not None else
                  f"gains and demands: means over all {of}")  # fmt: skip
    if np.ptp(table.weight.mean(axis=0)) > TOLERANCE:
        weights = ", ".join(
            f"{name} {weight:.3g}"
            for name, weight in zip(structure.parties, table.weight.mean(axis=0), strict=False)
        )
        account.left_out(f"bargaining weights ({weights}): there every party weighs the same")
    if (table.misreading > 0.0).any():
        account.left_out("misreading: how likely a package of the zone closes")


def tell_of_others(point: Point) -> None:
    """Note what a scenario among principals alone has no place for."""
    structure, account = point.structure, point.account
    consenters = structure.parties[structure.principals : structure.at_table]
    if consenters:
        account.left_out(f"the consent of {listed(consenters)}")
    worth = [link.id for index, link in enumerate(structure.links) if point.bonus[index].any()]
    if worth:
        account.left_out(f"what options are worth together: {listed(worth)}")
