"""A figure to SVG, PNG or Vega-Lite JSON, offline."""

from __future__ import annotations

import json
import re
from functools import cache
from typing import Any
from xml.etree import ElementTree as ET

import altair as alt
import vl_convert as vlc

from detente.figures.record import Figure
from detente.figures.theme import Mode, by_property, concrete

_SVG = "http://www.w3.org/2000/svg"
_XLINK = "http://www.w3.org/1999/xlink"
_USELESS = ("aria-roledescription", "aria-hidden", "role", "class", "pointer-events")
_LONG_NUMBER = re.compile(r"-?\d+\.\d{2,}")
ET.register_namespace("", _SVG)


def inline_svg(figure: Figure) -> str:
    """SVG for a page: its colours are custom properties, its ids begin with the figure's name.

    The page declares the properties (``theme.css_properties``). Two figures of
    different names never share an id.
    """
    root = _drawn(figure)
    _recolour(root, by_property())
    return _text(root)


def svg(figure: Figure, mode: Mode = "light") -> str:
    """SVG that stands alone, on its own ground."""
    return _on_ground(_drawn(figure), concrete(mode), mode)


def taken_out(inline: str, mode: Mode = "light") -> str:
    """SVG that stands alone, of one that ``inline_svg`` made for a page."""
    root = ET.fromstring(inline)  # noqa: S314 -- written by inline_svg
    colours = {of: concrete(mode)[placeholder] for placeholder, of in by_property().items()}
    return _on_ground(root, colours, mode)


def _on_ground(root: ET.Element, colours: dict[str, str], mode: Mode) -> str:
    ground = ET.Element(f"{{{_SVG}}}rect", {"width": "100%", "height": "100%"})
    ground.set("fill", "#ffffff" if mode == "light" else "#141414")
    root.insert(2, ground)
    _recolour(root, colours)
    return _text(root)


def png(figure: Figure, mode: Mode = "light", scale: float = 2.0) -> bytes:
    """PNG of the figure; ``scale`` 1 is a phone's width."""
    return png_of(svg(figure, mode), scale)


def png_of(drawing: str, scale: float = 2.0) -> bytes:
    """PNG of SVG that stands alone."""
    return vlc.svg_to_png(drawing, scale=scale)


def vega_lite(figure: Figure, mode: Mode = "light") -> str:
    """The specification as JSON with concrete colours, for other Vega-Lite renderers."""
    return json.dumps(_replaced(figure.spec, concrete(mode)), ensure_ascii=False, indent=1)


@cache
def _version() -> str:
    """The renderer's Vega-Lite version for specifications written by Altair."""
    known = vlc.get_vegalite_versions()
    wanted = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    same = [version for version in known if version.split(".")[0] == wanted.split(".")[0]]
    return wanted if wanted in known else (same or known)[-1]


def _drawn(figure: Figure) -> ET.Element:
    """The drawing as a tree: described, of free width, without what only clutters."""
    raw = vlc.vegalite_to_svg(figure.spec, vl_version=_version())
    root = ET.fromstring(raw)  # noqa: S314 -- written by our own renderer a line above
    width = root.get("width", "0")
    for attribute in ("width", "height", "version"):
        root.attrib.pop(attribute, None)
    _strip(root)
    _own_ids(root, figure.name)
    root.set("role", "img")
    root.set("aria-labelledby", f"{figure.name}-title {figure.name}-alt")
    root.set("style", f"width:100%;max-width:{max(float(width), 640):g}px;height:auto")
    root.set("font-family", "sans-serif")
    for index, (tag, text) in enumerate((("title", figure.title), ("desc", figure.alt))):
        node = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"{figure.name}-{('title', 'alt')[index]}"})
        node.text = text
        root.insert(index, node)
    return root


def _strip(root: ET.Element) -> None:
    """Drop what a single image does not need, and shorten coordinates."""
    for parent in list(root.iter()):
        for child in list(parent):
            empty = child.get("d") in {"", "M0,0h0v0h0Z"} or child.get("opacity") == "0"
            if empty and not len(child):
                parent.remove(child)
    for node in root.iter():
        for attribute in _USELESS:
            node.attrib.pop(attribute, None)
        for attribute in ("d", "transform"):
            if attribute in node.attrib:
                node.set(attribute, _LONG_NUMBER.sub(_rounded, node.attrib[attribute]))


def _rounded(match: re.Match[str]) -> str:
    return f"{float(match[0]):.1f}".removesuffix(".0")


def _own_ids(root: ET.Element, name: str) -> None:
    """Prefix ids and the references to them, so that several drawings share a page."""
    for node in root.iter():
        for key, value in node.attrib.items():
            if key == "id":
                node.set(key, f"{name}-{value}")
            elif key in {"href", f"{{{_XLINK}}}href"} and value.startswith("#"):
                node.set(key, f"#{name}-{value[1:]}")
            elif "url(#" in value:
                node.set(key, value.replace("url(#", f"url(#{name}-"))


def _recolour(root: ET.Element, colours: dict[str, str]) -> None:
    for node in root.iter():
        for key in ("fill", "stroke"):
            value = node.attrib.get(key)
            if value in colours:
                node.set(key, colours[value])


def _text(root: ET.Element) -> str:
    return ET.tostring(root, encoding="unicode")


def _replaced(value: Any, colours: dict[str, str]) -> Any:
    if isinstance(value, dict):
        return {str(k): _replaced(v, colours) for k, v in value.items()}  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    if isinstance(value, list):
        return [_replaced(item, colours) for item in value]  # pyright: ignore[reportUnknownVariableType]
    return colours.get(value, value) if isinstance(value, str) else value
