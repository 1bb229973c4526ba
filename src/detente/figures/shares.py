"""Shares with their intervals in words."""

from __future__ import annotations

from detente.analysis.resampling import Share


def whole_percent(value: float) -> str:
    """In whole per cent, with a true minus sign; what is not nothing never looks like it."""
    rounded = round(100.0 * value)
    if rounded == 0 and value != 0.0:
        return "<1%" if value > 0.0 else "\u2248 0%"
    return f"{rounded}%".replace("-", "\u2212")


def about(share: Share) -> str:
    """In whole per cent, with ≈ where it cannot be told from nothing."""
    text = whole_percent(share.value)
    doubtful = share.blurred and share.value != 0.0 and text[0] not in "<≈"
    return f"≈ {text}" if doubtful else text


def interval(share: Share) -> str:
    """``73 to 90%``, for a sentence."""
    low, high = round(100.0 * share.low), round(100.0 * share.high)
    return f"{low} to {high}%".replace("-", "\u2212")


def share_words(share: Share) -> str:
    """``81% (73 to 90%)``; a share that is nothing whatever is drawn needs no interval."""
    if share.low == share.high:
        return whole_percent(share.value)
    return f"{whole_percent(share.value)} ({interval(share)})"


def share_cell(share: Share) -> str:
    """``81%  73..90``, for a table."""
    if share.low == share.high:
        return whole_percent(share.value)
    low, high = round(100.0 * share.low), round(100.0 * share.high)
    return f"{whole_percent(share.value)}  {low}..{high}".replace("-", "\u2212")
