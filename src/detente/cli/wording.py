"""detente words: the scales, and the ranges their words stand for."""

from __future__ import annotations

import json

from rich.console import Console
from rich.table import Table
from rich.text import Text

from detente.words import SCALES, TIE_RULE


def words(*, as_json: bool) -> None:
    """Print every scale, its source, its words and their ranges."""
    if as_json:
        plain = {
            scale.label: {
                "about": scale.about,
                "source": scale.source,
                "ranges": dict(scale.ranges),
            }
            for scale in SCALES
        }
        print(json.dumps({"scales": plain, "tie_rule": TIE_RULE}, indent=2))
        return
    console = Console(highlight=False)
    for scale in SCALES:
        table = Table(title=Text(f"{scale.label}: {scale.about}"), title_justify="left")
        table.add_column("word")
        table.add_column("from", justify="right")
        table.add_column("to", justify="right")
        for word, (low, high) in scale.ranges.items():
            table.add_row(word, f"{low:g}", f"{high:g}")
        console.print(table)
        console.print(Text(f"source: {scale.source}\n"))
    console.print(TIE_RULE)
