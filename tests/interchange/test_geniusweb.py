"""Profiles of GeniusWeb: tables, ranges, reservation bids, and domains that differ."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from detente.errors import SituationError
from detente.interchange.importing import import_files
from detente.situation.values import base_values

DOMAIN = {
    "name": "jobs",
    "issuesValues": {
        "car": {"values": ["yes", "no"]},
        "salary": {"range": ["2000", "4000", "500"]},
    },
}
SPACE: dict[str, Any] = {
    "issueUtilities": {
        "car": {"DiscreteValueSetUtilities": {"valueUtilities": {"yes": 1, "no": 0}}},
        "salary": {
            "NumberValueSetUtilities": {
                "lowValue": 2000, "lowUtility": 0, "highValue": 4000, "highUtility": 1,
            }
        },
    },
    "issueWeights": {"car": 0.25, "salary": 0.75},
    "domain": DOMAIN,
}  # fmt: skip


def files(folder: Path, **changed: Any) -> Path:
    """Two profiles; the second with ``changed``."""
    for name, space in (("worker", SPACE), ("boss", {**SPACE, **changed})):
        body = {"LinearAdditiveUtilitySpace": {"name": name, **space}}
        (folder / f"{name}.json").write_text(json.dumps(body), encoding="utf-8")
    return folder


def test_ranges_and_reservation_bids(tmp_path: Path, situation_in: Any) -> None:
    """A straight line over eleven salaries; a bid of no car and 3000 is worth 0.375."""
    bid = {"issuevalues": {"car": "no", "salary": 3000}}
    imported = import_files([files(tmp_path, reservationBid=bid)])
    assert imported.form == "geniusweb"
    values = base_values(situation_in(imported))
    assert values["preferences.worker.salary.option-2600"].quantity.fixed == pytest.approx(0.3)
    assert values["salience.worker.salary"].quantity.fixed == 0.75
    assert values["outlook.boss"].quantity.fixed == pytest.approx(0.375)
    assert values["outlook.worker"].quantity.fixed == 0.0


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"domain": {**DOMAIN, "issuesValues": {"car": {"values": ["yes"]}}}}, "another domain"),
        ({"issueWeights": {"car": 0.25}}, "issueWeights.salary: found nothing"),
        (
            {"issueUtilities": {**SPACE["issueUtilities"], "car": {}}},
            "issueUtilities.car: found {}",
        ),
    ],
)
def test_mistakes_are_refused(changed: dict[str, Any], told: str, tmp_path: Path) -> None:
    """Each with its address."""
    with pytest.raises(SituationError) as caught:
        import_files([files(tmp_path, **changed)])
    assert told in str(caught.value)


def test_one_profile_is_too_few(tmp_path: Path) -> None:
    """A negotiation takes two; profiles beside a single one are found."""
    files(tmp_path)
    assert len(import_files([tmp_path / "boss.json"]).data["actors"]) == 2
    (tmp_path / "worker.json").unlink()
    with pytest.raises(SituationError, match="1 profile; at least two"):
        import_files([tmp_path / "boss.json"])
