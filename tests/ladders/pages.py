"""Reads every page of the ladders in tests, from the list on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client


def ladder_pages(client: Client) -> dict[str, str]:
    """The text of each page under /ladders/ that a link leads to; one that does not open fails."""
    pages: dict[str, str] = {}
    found = ["/ladders/"]
    while found:
        address = found.pop()
        if address in pages:
            continue
        response = client.get(address)
        assert response.status_code == 200, address
        pages[address] = response.text if "html" in response.headers["Content-Type"] else ""
        links = re.findall(r'href="(/ladders/[^"#]*)', pages[address])
        found += [link.replace("&amp;", "&") for link in links]
    return pages
