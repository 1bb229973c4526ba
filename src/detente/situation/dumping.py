"""A situation back to YAML: normalised, in schema order, without what was not written."""

from __future__ import annotations

import hashlib
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

from detente.situation.schema import Situation


def dumps(situation: Situation) -> str:
    """YAML that loads as an equal situation; the same situation gives the same text."""
    data: dict[str, Any] = situation.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    data = {"detente": situation.detente, **data}
    writer = YAML()
    writer.default_flow_style = False
    writer.width = 100
    text = StringIO()
    writer.dump(data, text)  # pyright: ignore[reportUnknownMemberType]
    return text.getvalue()


def content_hash(situation: Situation) -> str:
    """SHA-256 of the normalised file: the same for files that differ in layout alone."""
    return hashlib.sha256(dumps(situation).encode()).hexdigest()
