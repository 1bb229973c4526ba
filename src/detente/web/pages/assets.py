"""Style and scripts of ours: what pages load besides themselves."""

from __future__ import annotations

from fastapi import APIRouter, HTTPException
from fastapi.responses import Response

from detente.web.rendering import asset, digest_of

router = APIRouter(include_in_schema=False)
FOR_EVER = {"cache-control": "public, max-age=31536000, immutable"}


@router.get("/assets/{digest}/{name}")
def get_asset(digest: str, name: str) -> Response:
    """One asset; its address has a digest of the content, so it never changes."""
    try:
        content, media_type = asset(name)
    except FileNotFoundError:
        raise HTTPException(404, "no such asset") from None
    current = digest == digest_of(name)
    return Response(content, media_type=media_type, headers=FOR_EVER if current else None)


@router.get("/favicon.ico")
def no_icon() -> Response:
    """Browsers ask for one."""
    return Response(status_code=204)
