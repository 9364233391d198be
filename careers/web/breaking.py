"""Where a line may break inside a word that is longer than a line. Pure."""

from __future__ import annotations

import re
import unicodedata

BREAK = "\u200b"  # zero width space: no width, and a line may end there

# Longer than any word of a language, shorter than a line; what is longer is an address or noise.
LONGEST_WORD = 60
STEP = 20

# Runs without a space. Scripts that write none between words break by rules of their own, so that
# there a run is only cut where it has the length of a page.
_RUN = re.compile(rf"\S{{{LONGEST_WORD + 1},}}")
_SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7ff]")
_SPACELESS_STEP = 500


def breakable(text: str) -> str:
    """The text with a zero width space after every STEP letters of a word over LONGEST_WORD.

    Never before a mark that belongs to the letter in front of it. Taking the zero width spaces
    out again gives the text.
    """
    return _RUN.sub(_broken, text)


def _broken(found: re.Match[str]) -> str:
    word = found[0]
    step = _SPACELESS_STEP if _SPACELESS.search(word) else STEP
    pieces = [word[start : start + step] for start in range(0, len(word), step)]
    joined = pieces[:1]
    for piece in pieces[1:]:
        joined.append(piece if unicodedata.category(piece[0])[0] == "M" else BREAK + piece)
    return "".join(joined)
