"""From a draft to a document: every part gets its code or key, and is checked for its length.

What becomes of a level or a criterion when its file is read again, changed, depends on its code or
key, because evidence points at those:

- An identifier of the source's own (an id column, a uuid, the code of a level) is kept.
- A text that has a place to itself (the cell of a level and a dimension) is known by its place: it
  may be reworded, and moved about with its row or its column.
- A text in a list is known by its level and its first words: it may be moved, and reworded behind
  them. Its number in the list would survive more, but a line put in before it would lead evidence
  to another text without anybody noticing; this way a criterion is at worst a new one.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.ladders.document import (
    ConditionPart,
    CriterionPart,
    DimensionPart,
    DocumentError,
    GuidancePart,
    LadderDocument,
    LevelPart,
    TrackPart,
    TransitionPart,
)
from careers.ladders.importers.draft import NO_DIMENSION, NO_TRACK, DraftTransition
from careers.ladders.importers.naming import (
    digest,
    initials,
    is_manager,
    name_of,
    one_line,
    rank_of,
    slug,
)
from careers.ladders.size import MOST_CRITERIA, MOST_LEVELS, too_much_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from careers.ladders.importers.draft import Draft, DraftCriterion, DraftLevel

KEY_WORDS = 6
NAME, TEXT, LONG_TEXT = 160, 2_000, 5_000  # as many characters as a document's fields hold


def finish(draft: Draft) -> LadderDocument:
    """The ladder of a draft; DocumentError with everything that is wrong with it."""
    _check_size(draft)
    if not draft.problems:
        document = _Finishing(draft).document()
        if sentence := too_much_of(document):
            draft.report(1, "", sentence)
    if draft.problems:
        raise DocumentError(draft.problems)
    return document


def _check_size(draft: Draft) -> None:
    criteria = [criterion for level in draft.levels for criterion in level.criteria]
    if draft.problems:
        return
    if not draft.levels:
        draft.report(1, "", _("No level of a ladder was found in it."))
    elif not criteria:
        draft.report(draft.levels[0].line, "", _("No criterion was found for any level."))
    elif len(draft.levels) > MOST_LEVELS:
        sentence = _("There are more than %(most)d levels.") % {"most": MOST_LEVELS}
        draft.report(draft.levels[MOST_LEVELS].line, "", sentence)
    elif len(criteria) > MOST_CRITERIA:
        sentence = _("There are more than %(most)d criteria.") % {"most": MOST_CRITERIA}
        draft.report(criteria[MOST_CRITERIA].line, "", sentence)


class _Finishing:
    def __init__(self, draft: Draft) -> None:
        self._draft = draft
        self._name = one_line(draft.name) or _words(draft.file) or "Ladder"
        self._tracks = _levels_by_track(draft)
        self._codes = self._unique_codes()
        self._labels = self._unique_labels()
        self._keys = self._unique_keys()

    def document(self) -> LadderDocument:
        draft = self._draft
        self._check(1, "name", self._name, limit=NAME)
        self._check(1, "summary", draft.summary, limit=LONG_TEXT)
        for name, levels in self._tracks.items():
            self._check(levels[0].line, name[:40], name, limit=NAME)
        names = [name for name in self._tracks if name]
        keys = dict(zip(names, _distinct(names, kind="track"), strict=True))
        slug_of_it = slug(draft.name, limit=64) or slug(draft.file, limit=64)
        return LadderDocument(
            slug={"": f"ladder-{digest(self._name)}", "mine": "mine-1"}.get(slug_of_it, slug_of_it),
            name=self._name,
            summary=draft.summary,
            tracks=tuple(
                self._track(name or self._name, levels, key=keys.get(name, "main"))
                for name, levels in self._tracks.items()
            ),
            transitions=tuple(
                part
                for levels in self._tracks.values()
                for level in levels
                for part in self._transitions(level)
            ),
            guidance=tuple(self._guidance(1, part) for part in draft.guidance),
        )

    def _track(self, name: str, levels: Sequence[DraftLevel], *, key: str) -> TrackPart:
        lines = {part.dimension: part.line for level in levels for part in level.criteria}
        in_order = dict.fromkeys([*self._draft.dimensions, *lines])
        names = [name for name in in_order if name in lines] or [NO_DIMENSION]
        called = [self._draft.dimension_ids.get(name, name) for name in names]
        keys = dict(zip(names, _distinct(called, kind="dimension"), strict=True))
        for dimension, line in lines.items():
            self._check(line, dimension[:40], dimension, limit=NAME)
        return TrackPart(
            key=key,
            name=name,
            dimensions=tuple(DimensionPart(key=keys[name], name=name) for name in names),
            levels=tuple(self._level(level, dimensions=keys) for level in levels),
        )

    def _level(self, level: DraftLevel, *, dimensions: dict[str, str]) -> LevelPart:
        title = level.name.title
        self._check(level.line, title[:40], title, limit=NAME)
        self._check(level.line, title[:40], level.scope, limit=LONG_TEXT)
        return LevelPart(
            code=self._codes[id(level)],
            label=self._labels[id(level)],
            title=title,
            rank=rank_of(title) if level.rank is None else level.rank,
            years=level.name.years,
            scope=level.scope,
            terminal=level.is_terminal,
            criteria=tuple(
                self._criterion(part, dimension=dimensions[part.dimension])
                for part in level.criteria
            ),
            guidance=tuple(
                self._guidance(level.line, part) for part in (*level.guidance, *self._paths(level))
            ),
        )

    def _criterion(self, part: DraftCriterion, *, dimension: str) -> CriterionPart:
        self._check(part.line, part.path, part.text, limit=TEXT)
        if not part.text:
            self._draft.report(part.line, part.path, _("This is empty."))
        return CriterionPart(
            key=self._keys[id(part)],
            dimension=dimension,
            text=part.text,
            required=part.is_required,
            keywords=part.keywords,
        )

    def _guidance(self, line: int, part: GuidancePart) -> GuidancePart:
        self._check(line, part.title[:40] or part.kind, part.text, limit=LONG_TEXT)
        return part

    def _transitions(self, level: DraftLevel) -> Iterable[TransitionPart]:
        """Where a level leads, each place once, with all that is asked for on the way there."""
        found: dict[str, DraftTransition] = {}
        for part in level.transitions:
            if code := self._code_of(part, level):
                onward = found.setdefault(code, DraftTransition(to=code))
                onward.conditions.extend(part.conditions)
                if not onward.months:
                    onward.months, onward.open_ended = part.months, part.open_ended
        for code, onward in found.items():
            for text in onward.conditions:
                self._check(level.line, level.name.title[:40], text, limit=TEXT)
            yield TransitionPart(
                from_code=self._codes[id(level)],
                to_code=code,
                months=onward.months,
                open_ended=onward.open_ended,
                conditions=tuple(ConditionPart(text=text) for text in onward.conditions),
            )

    def _paths(self, level: DraftLevel) -> Iterable[GuidancePart]:
        """What is asked for on the way to something that is no level here."""
        for part in level.transitions:
            if not self._code_of(part, level):
                for text in part.conditions:
                    yield GuidancePart(kind="path", title=part.to[:NAME].strip(), text=text)

    def _code_of(self, part: DraftTransition, level: DraftLevel) -> str:
        """The code of the level that a transition leads to; "" where there is no such level."""
        levels = next(own for own in self._tracks.values() if level in own)
        if not part.to:
            place = levels.index(level) + 1
            return self._codes[id(levels[place])] if place < len(levels) else ""
        wanted = part.to.casefold()
        for other in [*levels, *self._draft.levels]:
            names = (other.name.code, other.name.label, other.name.title)
            if other is not level and wanted in {name.casefold() for name in names}:
                return self._codes[id(other)]
        return ""

    def _check(self, line: int, path: str, text: str, *, limit: int) -> None:
        if len(text) > limit:
            sentence = _("At most %(limit)d characters are possible.") % {"limit": limit}
            self._draft.report(line, path, sentence)

    def _unique_codes(self) -> dict[int, str]:
        """The code of each level; with the track's name in all, where two tracks share a code.

        In all of them, so that a level that joins a track later changes no other's.
        """
        tracks = self._tracks.items()
        found = Counter(code for _name, own in tracks for code in {_code(level) for level in own})
        is_shared = any(count > 1 for count in found.values())
        codes: dict[int, str] = {}
        taken: set[str] = set()
        for track, levels in tracks:
            lines: dict[str, int] = {}
            for level in levels:
                if line := lines.get(_code(level)):
                    self._report_repeated(level.line, "", level.name.label, line=line)
                lines.setdefault(_code(level), level.line)
                code = level.name.code
                if is_shared:
                    code = f"{code[:20]}-{slug(track, limit=11) or 'main'}"
                if code.lower() in taken:
                    code = f"{code[:20]}-{digest(track + level.name.title)}"
                taken.add(code.lower())
                codes[id(level)] = code
        return codes

    def _report_repeated(self, at: int, path: str, value: str, *, line: int) -> None:
        sentence = _("“%(value)s” is there already, on line %(line)d.")
        self._draft.report(at, path, sentence % {"value": value[:80], "line": line})

    def _unique_labels(self) -> dict[int, str]:
        """A level without a code of its own is known by its initials, where no other has them."""
        levels = self._draft.levels
        short = {id(level): initials(level.name.title) for level in levels}
        counts = Counter(short.values())
        return {
            id(level): level.label
            or (level.name.label if level.name.has_code or counts[short[id(level)]] > 1 else "")
            or short[id(level)]
            or level.name.label
            for level in levels
        }

    def _unique_keys(self) -> dict[int, str]:
        parts = [(level, part) for level in self._draft.levels for part in level.criteria]
        own: dict[str, int] = {}
        wanted: list[tuple[str, str]] = []
        for level, part in parts:
            code = self._codes[id(level)].lower()
            if part.identifier:
                key = name_of(part.identifier, kind="criterion", limit=80)
                if line := own.get(key):
                    self._report_repeated(part.line, part.path, part.identifier, line=line)
                own.setdefault(key, part.line)
            elif part.place:
                key = f"{code}-{name_of(part.place, kind='place', limit=46)}"
            else:
                key = f"{code}-{name_of(part.text, kind='text', limit=46, words=KEY_WORDS)}"
            wanted.append((key, f"{part.text}\n{part.dimension}"))
        return dict(zip((id(part) for _level, part in parts), _made_unique(wanted), strict=True))


def _code(level: DraftLevel) -> str:
    return level.name.code.lower()


def _levels_by_track(draft: Draft) -> dict[str, list[DraftLevel]]:
    """The levels of each track; one without a track joins the managers' or else the first other."""
    named = list(dict.fromkeys(level.track for level in draft.levels if level.track))
    managers = next((name for name in named if is_manager(name)), NO_TRACK)
    others = next((name for name in named if not is_manager(name)), NO_TRACK)
    tracks: dict[str, list[DraftLevel]] = {}
    for level in draft.levels:
        own = managers if managers and is_manager(level.name.title) else others
        tracks.setdefault(level.track or own, []).append(level)
    return tracks


def _distinct(names: Sequence[str], *, kind: str) -> list[str]:
    """Keys of names; those that have the same letters differ by a hash."""
    return _made_unique([(name_of(name, kind=kind, limit=54), name) for name in names])


def _made_unique(wanted: Sequence[tuple[str, str]]) -> list[str]:
    """Keys as wanted; where several want the same one, each with a hash of its text.

    So none of them depends on the order. Texts that are the same altogether are numbered.
    """
    counts = Counter(key for key, _text in wanted)
    hashed = [f"{key[:71]}-{digest(text)}" if counts[key] > 1 else key for key, text in wanted]
    taken: set[str] = set()
    numbers: Counter[str] = Counter()
    keys = []
    for key in hashed:
        numbers[key] += 1
        unique = key if key not in taken else f"{key[:71]}-{numbers[key]}"
        while unique in taken:
            numbers[key] += 1
            unique = f"{key[:71]}-{numbers[key]}"
        taken.add(unique)
        keys.append(unique)
    return keys


def _words(file: str) -> str:
    """ "Backend ladder" of backend_ladder."""
    words = one_line(file.replace("_", " ").replace("-", " "))
    return words[:1].upper() + words[1:NAME]
