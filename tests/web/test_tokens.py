"""Secrets in links."""

from __future__ import annotations

import hashlib
import string
from collections import Counter

import pytest

from careers.web.tokens import hash_token, hint_of, is_token, new_token

LETTERS = string.ascii_letters + string.digits + "-_"


def test_a_token_is_256_bits_in_letters_of_an_address() -> None:
    token = new_token()

    assert len(token) == 43  # 6 bits a letter
    assert set(token) <= set(LETTERS)
    assert is_token(token)


def test_no_two_of_ten_thousand_tokens_are_alike_and_no_letter_is_rarer_than_another() -> None:
    tokens = {new_token() for _number in range(10_000)}

    assert len(tokens) == 10_000
    # The last letter holds what is left of the bits, so it is one of sixteen.
    counts = Counter(letter for token in tokens for letter in token[:42])
    expected = 10_000 * 42 / 64
    surprise = sum((counts[letter] - expected) ** 2 / expected for letter in LETTERS)
    assert surprise < 150  # chi-square of 63 degrees; above once in a hundred million


def test_what_is_kept_of_a_token_is_its_sha256_and_its_first_six_letters() -> None:
    assert hash_token("abcdefghi") == hashlib.sha256(b"abcdefghi").hexdigest()
    assert hint_of("abcdefghi") == "abcdef"


@pytest.mark.parametrize(
    "text",
    ["", "a" * 42, "a" * 44, "a" * 42 + "=", "a" * 42 + "\n", "a" * 43 + "\n", "é" * 43, "٣" * 43],
)
def test_what_has_another_shape_is_no_token(text: str) -> None:
    assert not is_token(text)
