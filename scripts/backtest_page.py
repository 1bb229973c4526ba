"""Put the figures of a backtest into docs/explanation/backtest.md, between its two marks.

    detente backtest deu DATA --out DIR
    python scripts/backtest_page.py DIR/backtest.json

With --check it writes nothing, and fails if the page says otherwise.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[1] / "docs" / "explanation" / "backtest.md"
START, END = "<!-- figures: scripts/backtest_page.py -->\n", "<!-- end of figures -->\n"
Scores = dict[str, dict[str, float]]


def page_of(text: str, result: dict[str, Any]) -> str:
    """The page with these figures in the place of those it has."""
    before, rest = text.split(START)
    after = rest.split(END)[1]
    return before + START + figures(result) + END + after


def figures(result: dict[str, Any]) -> str:
    """The tables: errors of points, distributions, parts, and kinds of points."""
    data, every = result["data"], [*result["models"], *result["distributions"]]
    main = next(one for one in result["models"] if one["name"] == "compromise")
    lines = [
        "",
        f"{data['issues']} issues of {data['proposals']} proposals; in brackets 95 % intervals.",
        "",
        "| forecaster | issues | mean error | less the compromise | RMSE | median | within 10 |",
        "| --- | --- | --- | --- | --- | --- | --- |",
        *(_point_row(one) for one in result["models"]),
        "",
        "| distribution | CRPS | less all other outcomes | central 50 % | 80 % | 95 % |",
        "| --- | --- | --- | --- | --- | --- |",
        *(_distribution_row(one) for one in every),
        "",
        "| the compromise | issues | mean error | CRPS | central 80 % |",
        "| --- | --- | --- | --- | --- |",
        *(_part_row(part, scores) for part, scores in main["parts"].items()),
        "",
        "| where outcomes fall | issues | came | foretold |",
        "| --- | --- | --- | --- |",
        *(
            f"| {kind} | {one['issues']} | {_share(one['came'])} | {one['foretold']:.0%} |"
            for kind, one in result["calibration"]["kinds_of_points"].items()
        ),
        "",
    ]
    return "\n".join(lines) + "\n"


def _point_row(one: dict[str, Any]) -> str:
    scores: Scores = one["parts"]["all"]
    less = scores["mae_less_main"]
    told = "\u2013" if one["name"] == "compromise" else _number(less, "+")
    return (
        f"| {one['title']} | {scores['issues']} | {_number(scores['mae'])} | {told} | "
        f"{scores['rmse']['value']:.1f} | {scores['median_error']['value']:.1f} | "
        f"{scores['within_10']['value']:.0%} |"
    )


def _distribution_row(one: dict[str, Any]) -> str:
    scores: Scores = one["parts"]["all"]
    told = (
        "\u2013" if one["name"] == "climatology" else _number(scores["crps_less_climatology"], "+")
    )
    held = " | ".join(_share(scores[f"central_{level}"]) for level in (50, 80, 95))
    return f"| {one['title']} | {_number(scores['crps'])} | {told} | {held} |"


def _part_row(part: str, scores: Scores) -> str:
    return (
        f"| {part} | {scores['issues']} | {_number(scores['mae'])} | {_number(scores['crps'])} | "
        f"{_share(scores['central_80'])} |"
    )


def _number(score: dict[str, float], sign: str = "") -> str:
    value, low, high = score["value"], score["low"], score["high"]
    text = f"{value:{sign}.2f} ({low:{sign}.2f} to {high:{sign}.2f})"
    return text.replace("-", "\u2212")


def _share(score: dict[str, float]) -> str:
    return f"{score['value']:.1%} ({100 * score['low']:.0f} to {100 * score['high']:.0f})"


def main(arguments: list[str]) -> int:
    """Write the page, or check it."""
    paths = [one for one in arguments if one != "--check"]
    result = json.loads(Path(paths[0]).read_text(encoding="utf-8"))
    text = PAGE.read_text(encoding="utf-8")
    wanted = page_of(text, result)
    if "--check" in arguments:
        return int(text != wanted)
    PAGE.write_text(wanted, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
