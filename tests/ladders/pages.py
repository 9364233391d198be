"""Reads pages of ladders in tests."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def text_of(response: Any) -> str:
    """The words of a page, without markup and with single spaces."""
    body = re.sub(r"<(script|style|head).*?</\1>", "", response.text, flags=re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", body).split()))


def typed_in(response: Any) -> str:
    """What the text area of a page holds."""
    found = re.search(
        r'<textarea name="document"[^>]*>\n(.*?)</textarea>', response.text, re.DOTALL
    )
    return unescape(found[1]) if found else ""


def mark_of(response: Any) -> str:
    """What says that this was looked at; "" where there is nothing to publish."""
    found = re.search(r'name="checked" value="([^"]*)"', response.text)
    return found[1] if found else ""
