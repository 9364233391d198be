"""Reads pages of ladders in tests."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client


def ladder_pages(client: Client) -> dict[str, str]:
    """The text of each page under /ladders/ that a link leads to; one that does not open fails.

    A page that holds a whole document to be edited is opened, and nothing is read of it.
    """
    pages: dict[str, str] = {}
    found = ["/ladders/"]
    while found:
        address = found.pop()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        is_document = "/publish/" in address or "html" not in response.headers["Content-Type"]
        pages[address] = "" if is_document else response.text
        links = re.findall(r'href="(/ladders/[^"#]*)', pages[address])
        found += [link.replace("&amp;", "&") for link in links]
    return pages


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
