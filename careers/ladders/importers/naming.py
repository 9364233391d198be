"""Codes, keys and ranks from the words of a source; the same words give the same names."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass

RANK_WORDS = {
    "junior": "junior",
    "mid": "mid",
    "senior": "senior",
    "staff": "staff",
    "principal": "principal",
    "distinguished": "distinguished",
}
MANAGER_WORDS = re.compile(r"managers?|management|em|director|head|vp|svp|cto|ceo|chief|president")
# A heading or a column with one of these words may name a level.
LEVEL_WORDS = re.compile(
    r"junior|associate|graduate|apprentice|trainee|intern|entry|mid|intermediate|senior|lead|staff"
    r"|principal|distinguished|fellow|engineer|developer|architect|designer|analyst|scientist"
    r"|consultant|specialist|expert|novice|beginner|manager|director|head|vp|cto"
)
# These do where they stand first: "Level one", and not "Our level".
FIRST_WORDS = {"level", "grade"}
MOST_WORDS = 8  # of the name of a level; more are a sentence

_CODE = r"(?P<code>[A-Za-z]{0,4}-?[0-9]{1,3}(?:\.[0-9])?[A-Za-z]?)"
_SPAN = r"(?P<span>\+|(?:\s?[-–—/]\s?[A-Za-z]{0,4}[0-9]{1,2}\+?))?"
_LEVEL = re.compile(rf"(?P<word>Level\s+|Grade\s+)?{_CODE}{_SPAN}(?P<rest>.*)", re.IGNORECASE)
_REST = re.compile(r"\s*[:–—|]\s*(?P<colon>\S.*)|\s+-\s*(?P<dash>\S.*)|\s+(?P<space>[^\W\d_].*)")
_IN_BRACKETS = re.compile(rf"(?P<title>[^()]+?)\s*\({_CODE}{_SPAN}\)", re.IGNORECASE)
_YEARS = re.compile(r"\s*\((?P<years>[^()]*\b(?:years?|yrs?)\b[^()]*)\)\s*\Z", re.IGNORECASE)
_TRACK = re.compile(
    r"\s*\((?P<track>(?:individual contributor|ic|(?:people )?manager|management)"
    r"(?P<word> track)?)\)\s*\Z",
    re.IGNORECASE,
)
_WORDS = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True)
class LevelName:
    """What a source calls a level: "L7+: Principal engineer (12+ years)"."""

    code: str
    label: str
    title: str
    years: str = ""
    track: str = ""
    has_code: bool = False  # of the source's own


def slug(text: str, *, limit: int, words: int = 100) -> str:
    """The words of a text with hyphens between, cut at the end of a word; "" without a letter."""
    plain = unicodedata.normalize("NFKD", text[:2_000]).encode("ascii", "ignore").decode().lower()
    joined = "-".join(_WORDS.findall(plain.replace("'", ""))[:words])
    if len(joined) > limit:
        cut = joined.rfind("-", 0, limit + 1)
        joined = joined[: cut if cut > 0 else limit]
    return joined


def name_of(text: str, *, kind: str, limit: int, words: int = 100) -> str:
    """A slug of a text, made from its hash where it has no Latin letter to make it from."""
    return slug(text, limit=limit, words=words) or f"{kind}-{digest(text)}"


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def one_line(text: str) -> str:
    return " ".join(text.split())


def words_of(text: str) -> list[str]:
    return re.findall(r"[^\W\d_]+", text.casefold())


def is_manager(title: str) -> bool:
    return any(map(MANAGER_WORDS.fullmatch, words_of(title)))


def rank_of(title: str) -> str:
    """The neutral rank that a title says plainly, in one word; "" for managers and all others."""
    if is_manager(title):
        return ""
    ranks = {RANK_WORDS[word] for word in words_of(title) if word in RANK_WORDS}
    return ranks.pop() if len(ranks) == 1 else ""


def is_level(text: str) -> bool:
    """Whether a heading or a column may name a level: by a code, or by a word of LEVEL_WORDS."""
    text = one_line(text)
    if has_code(text):
        return True
    words = words_of(_YEARS.sub("", text))
    is_named = any(map(LEVEL_WORDS.fullmatch, words)) or not FIRST_WORDS.isdisjoint(words[:1])
    return len(words) <= MOST_WORDS and is_named


def has_code(text: str) -> bool:
    """Whether a text begins with the code of a level, "D1 - Developer 1", or is one."""
    name = _coded(one_line(text)[:300])
    return bool(name and (re.search("[A-Za-z]", name.code) or name.label != name.code))


def level_name(text: str) -> LevelName:
    """The parts of what a level is called; without a code of its own the title makes one."""
    text, years, track = _without_marks(one_line(text)[:300])
    name = _coded(text)
    if name is None:
        code = name_of(text, kind="level", limit=32)
        return LevelName(code, text[:64].strip(), text, years, track)
    return LevelName(name.code, name.label, name.title, years or name.years, track, has_code=True)


def initials(title: str) -> str:
    """ "SE 2" for a senior engineer 2; "" for a title of one word."""
    words = re.findall(r"[^\W\d_]+|\d+", title)
    letters = "".join(
        word[0].upper() for word in words if word[0].isalpha() and not _is_number(word)
    )
    numbers = [word for word in words if _is_number(word)]
    return " ".join([letters, *numbers]) if len(letters) > 1 else ""


def _is_number(word: str) -> bool:
    return word.isdigit() or bool(re.fullmatch("I{1,3}|IV|VI{0,3}", word))


def _without_marks(text: str) -> tuple[str, str, str]:
    """A name without its years and, where the word track stands there, its track; and both."""
    years = track = ""
    if match := _YEARS.search(text):
        text, years = text[: match.start()], years_of(match["years"])
    if match := _TRACK.search(text):
        track = re.sub(r"(?i)\s*track\Z", "", match["track"])
        text = text[: match.start()] if match["word"] else text
    return text.strip(), years, track


def years_of(text: str) -> str:
    """ "0–2" of "0-2 years experience"; more words stay."""
    text = re.sub(r"(?<=\d)\s*[-–—]\s*(?=\d)", "–", one_line(text))
    plain = re.fullmatch(
        r"([\d–+ ]+?)\s*(?:years?|yrs?)?(?: of)?(?: experience)?", text, re.IGNORECASE
    )
    return (plain[1] if plain else text)[:80].strip()


def _coded(text: str) -> LevelName | None:
    """A name that begins with a code or has one in brackets behind it."""
    if match := _LEVEL.fullmatch(text):
        rest = match["rest"].strip()
        parts = _REST.fullmatch(match["rest"]) if rest else None
        title = next(filter(None, parts.groups()), "") if parts else ""
        if rest and not title and not rest.startswith("("):
            return None
        if title and parts and parts["space"] and not re.search("[A-Za-z]", match["code"]):
            return None  # "3 engineers" has no code
        return _named(match, title=title or rest.strip("() "), word=match["word"] or "")
    if match := _IN_BRACKETS.fullmatch(text):
        return _named(match, title=match["title"], word="")
    return None


def _named(match: re.Match[str], *, title: str, word: str) -> LevelName:
    label = one_line(f"{word}{match['code']}{match['span'] or ''}")[:64]
    code = re.sub("[^A-Za-z0-9-]", "-", match["code"]).strip("-")
    return LevelName(code, label, title.strip() or label)
