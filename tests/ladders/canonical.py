"""Reads canonical ladder documents in tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator


def parts(content: Any) -> Iterator[dict[str, Any]]:
    """Every part of a canonical document that has a source, the document first."""
    if isinstance(content, dict):
        if "source" in content:
            yield content
        for value in content.values():
            yield from parts(value)
    if isinstance(content, list):
        for value in content:
            yield from parts(value)
