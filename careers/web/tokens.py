"""Secrets in links: a token that is shown once, and what may be kept of it."""

from __future__ import annotations

import hashlib
import re
import secrets

TOKEN_BYTES = 32  # 256 bits, so a plain hash keeps it and nobody has to be slowed down
HINT_LETTERS = 6
SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")


def new_token() -> str:
    """A secret of 43 letters that may stand in an address as it is."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def is_token(text: str) -> bool:
    """Whether `text` has the shape of a token; whether it opens anything is another question."""
    return SHAPE.fullmatch(text) is not None


def hash_token(token: str) -> str:
    """The SHA-256 of a token in hex: what is stored, and by what a token is found."""
    return hashlib.sha256(token.encode()).hexdigest()


def hint_of(token: str) -> str:
    """Its first letters, by which its owner tells one link from another."""
    return token[:HINT_LETTERS]
