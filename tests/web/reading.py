"""Reads pages as somebody would who sees no markup."""

from __future__ import annotations

import re
from html import unescape
from typing import Any


def text_of(response: Any) -> str:
    """The words of a page, without markup and with single spaces."""
    body = re.sub(r"<(script|style|head).*?</\1>", "", response.text, flags=re.DOTALL)
    return unescape(" ".join(re.sub(r"<[^>]*>", " ", body).split()))
