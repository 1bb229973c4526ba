"""A calibrated distribution around any point forecast, from a fit to decisions of the EU."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from detente.arrays import Floats
from detente.spatial.focal import FEATURES, focal
from detente.spatial.focal_kernel import masses
from detente.spatial.table import Table


@dataclass(frozen=True, slots=True)
class Published:
    """What the focal features add to the log of a point's mass, with where it comes from.

    Attributes:
        weights: by feature, in the order of FEATURES.
        issues, proposals: how many it was fitted to.
        crps: in points of the scale, of proposals that a fit did not see.
        covers: share of their outcomes within the central 80 %, by the PIT.
        source: the data.
        caveat: what the fit leaves out.
    """

    weights: tuple[float, ...]
    issues: int
    proposals: int
    crps: float
    covers: float
    source: str
    caveat: str


# scripts/fit_focal_points.py computes these from the data; a test holds them against it.
EU_DECISIONS = Published(
    weights=(1.043, 1.614, 0.408, -0.208, 2.037, 0.731, 0.475, 0.336, -0.678),
    issues=351,
    proposals=137,
    crps=15.59,
    covers=0.806,
    source="Decision-making in the EU, waves I to III (doi:10.34810/data53), around the compromise",
    caveat=(
        "Issues of the European Union, placed on scales by experts. A meeting of two leaders is "
        "another matter: take its width as the least there is."
    ),
)


def calibrated(
    forecast: Floats, table: Table, setters: Floats | None = None, fit: Published = EU_DECISIONS
) -> Floats:
    """How likely each point from 0 to 100 is. Axes (case, point); rows sum to 1.

    Args:
        forecast: a model's point forecasts, 0 to 100, none NaN. Axis (case,).
        table: the positions they are of, with the reference point where there is one.
        setters: positions of who proposes or must consent to the text; axes (case, setter), NaN
            where one takes none. None where nobody is known to.
        fit: the weights to use.
    """
    nobody = np.zeros((len(forecast), 0))
    of = focal(forecast, table, nobody if setters is None else setters)
    weights = np.array(fit.weights)
    assert len(weights) == len(FEATURES)
    return masses(of.features, of.lean, of.pull, weights)
