"""Sizes of files → words for people."""

from __future__ import annotations


def in_words(size: int) -> str:
    """A size in bytes: ``4 kB``, ``1.2 MB``; a thousand bytes are a kilobyte, and nothing is smaller than one."""
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
