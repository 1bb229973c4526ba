"""An answer as the user asked for it: files first, then JSON or words."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from rich.console import Console

from detente.cases.opening import Opened


def deliver(
    opened: Opened | None, plain: dict[str, Any], name: str, *, out: Path | None, as_json: bool,
    page: Callable[[], str], show: Callable[[Console], None],
) -> None:  # fmt: skip
    """Write NAME.json and NAME.html into ``out``, if given; print ``plain``, or ``show`` it.

    ``page`` draws pictures, which is slow to load and to do: it is asked only with ``out``.
    """
    if out is not None:
        from detente.cli.saving import save_page  # noqa: PLC0415 -- draws pictures: slow

        save_page(opened, page(), plain, out, name)
    if as_json:
        print(json.dumps(plain, indent=2, ensure_ascii=False))
        return
    console = Console(highlight=False)
    show(console)
    if out is not None:
        console.print(f"\nPage: {out / f'{name}.html'}", soft_wrap=True)
