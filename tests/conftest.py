"""Profiles and situations shared by all tests."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, settings

from detente.situation.load import Loaded, load
from detente.situation.schema import Situation
from detente.situation.values import base_values
from detente.sources.claims import Claims
from detente.sources.reading import load_claims

SITUATIONS = Path(__file__).parent / "situations"

settings.register_profile(
    "detente",
    deadline=None,  # the first example compiles kernels
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("detente")


@pytest.fixture(scope="session")
def every_term_file() -> Path:
    """A small situation in which every term of the model has a part."""
    return SITUATIONS / "every-term.yaml"


@pytest.fixture(scope="session")
def every_term(every_term_file: Path) -> Loaded:
    """The same, read."""
    return load(every_term_file)


@pytest.fixture(scope="session")
def three_acts_file() -> Path:
    """A made-up bridge with a run-up, two rounds, two readings and an aftermath."""
    return SITUATIONS / "three-acts.yaml"


@pytest.fixture(scope="session")
def three_acts(three_acts_file: Path) -> Situation:
    """The same, read."""
    return load(three_acts_file).situation


@pytest.fixture(scope="session")
def bridge_claims(three_acts: Situation) -> Claims:
    """Who says what about it."""
    return load_claims(SITUATIONS / "three-acts-claims.yaml", base_values(three_acts))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of verification cases beside the project, where there is one."""
    folder = Path(__file__).parents[2] / "shared" / "verification"
    if not folder.is_dir():
        pytest.skip("no folder of verification cases beside the project")
    return folder


@pytest.fixture(scope="session")
def shared_deu() -> Path:
    """Decision-making in the EU beside the project, where it is."""
    folder = Path(__file__).parents[2] / "shared" / "data" / "deu3"
    if not folder.is_dir():
        pytest.skip("no data on decision-making in the EU beside the project")
    return folder


DEU_ACTORS = (
    "com ep at be bu cr cy cz de dk ee el es fi fr hu ie it lt lu lv mt nl pl pt ro se si sk uk"
)


@pytest.fixture(scope="session")
def made_up_deu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Forty made-up issues of twenty proposals: tidy/, and the same as wide/original.tsv."""
    folder = tmp_path_factory.mktemp("deu")
    rng = np.random.default_rng(20)
    actors = DEU_ACTORS.split()
    kinds = [(actor, kind) for kind in "ps" for actor in actors]
    issues = [
        "issue_id,proposal_id,council,proc,council_rule,intro_year,wave,reference_point,outcome"
    ]
    rows = ["issue_id,actor,position,salience"]
    plain = ["isnr", "prnr", "council", "proc", "counvte", "intro"]
    wide = ["\t".join(f'"{name}"' for name in (*plain, *(k + a for a, k in kinds), "rp", "out"))]
    wide.append("\t".join([*[""] * 6, '"4.1"', *[""] * (len(kinds) + 1)]))
    for number in range(40):
        proposal, year = f"d{number // 2:02d}", (1999, 2005, 2016)[number % 3]
        name, rule = f"{proposal}i{number % 2}", "Unan" if number % 10 > 7 else "QMV"
        wave = {1999: "I", 2005: "II", 2016: "III"}[year]
        who = [*actors[:2], *rng.choice(actors[2:], 6, replace=False).tolist()]
        position = {actor: int(10 * rng.integers(0, 11)) for actor in who}
        salience = {actor: int(10 * rng.integers(1, 11)) for actor in who}
        mean = sum(position.values()) / len(who)
        near = min(position.values(), key=lambda one: (abs(one - mean), one))
        outcome = "" if number == 7 else str(near if number % 4 else round(mean))
        reference = "" if number % 3 else str(position[who[-1]])
        issues.append(f"{name},{proposal},Agri,COD,{rule},{year},{wave},{reference},{outcome}")
        rows += [f"{name},{actor},{position[actor]},{salience[actor]}" for actor in who]
        values = {"p": position, "s": salience}
        cells = [str(values[kind].get(actor, "")) for actor, kind in kinds]
        intro = f"01-02-{year}" if number % 2 else f"01-02-{year % 100:02d}"
        head = [f'"{name}"', f'"{proposal}"', '"Agri"', '"COD"', f'"{rule}"', f'"{intro}"']
        wide.append("\t".join([*head, *cells, reference, outcome]))
    for inside in ("tidy", "wide"):
        (folder / inside).mkdir()
    (folder / "tidy" / "deu_issues.csv").write_text("\n".join(issues) + "\n")
    (folder / "tidy" / "deu_positions_long.csv").write_text("\n".join(rows) + "\n")
    (folder / "wide" / "original.tsv").write_text("\n".join(wide) + "\n")
    return folder
