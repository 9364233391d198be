"""What is brought in waits here until its owner accepts it, changes it or dismisses it.

Every piece of a source comes in once: read again it is known, also when it was dismissed or when
the entry that it became was deleted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import F, Max
from django.utils.translation import gettext as _

from careers.journal.actions import (
    JournalError,
    change_from,
    changes_from,
    check_evidence,
    check_evidence_of_each,
    create_entries,
)
from careers.journal.candidate_content import (
    changed,
    content_of_row,
    grown,
    is_too_long,
    merged,
    renamed,
)
from careers.journal.models import Candidate, CandidatePiece, Entry, Project, Week
from careers.ladders.models import Criterion
from careers.people.models import Engineer

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from careers.journal.content import EntryChange
    from careers.journal.importers.reading import Reading, Row

TITLE, WHAT = 300, 20_000
PENDING = Candidate.State.PENDING


class TrayError(JournalError):
    """A change of the tray that was refused; the message is fit to show."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A row beside what is known of it: the candidates that some of its pieces belong to.

    `is_known` says that it brings nothing new.
    """

    row: Row
    is_known: bool
    new_keys: tuple[str, ...] = ()
    candidate_id: int | None = None  # that is still in the tray and grows by the new pieces


@dataclass(frozen=True, slots=True)
class Delivery:
    """How much of a reading came in; `candidates` are the new ones."""

    rows: int
    new: int
    grown: int = 0
    candidates: Sequence[Candidate] = field(default_factory=list)


def compare(engineer: Engineer, reading: Reading) -> list[Arrival]:
    """What of a reading is new; two queries however long it is."""
    pieces = engineer.pieces.values_list("key", "candidate_id", "candidate__state")
    known = {key: (candidate_id, state) for key, candidate_id, state in pieces}
    entries: set[tuple[str, str]] = set()
    if reading.rows:
        days = [row.happened_on for row in reading.rows]
        within = engineer.entries.filter(happened_on__range=(min(days), max(days)))
        rows = within.values_list("happened_on", "title")
        entries = {(day.isoformat(), _folded(title)) for day, title in rows}
    arrivals: list[Arrival] = []
    seen: set[str] = set()
    for row in reading.rows:
        arrivals.append(_arrival(row, known, entries, seen))
        seen.update(row.keys)
    return arrivals


def _arrival(
    row: Row,
    known: Mapping[str, tuple[int, str]],
    entries: set[tuple[str, str]],
    seen: set[str],
) -> Arrival:
    """`seen` are the keys of the rows before it."""
    keys = dict.fromkeys(row.keys)
    new = tuple(key for key in keys if key not in known and key not in seen)
    met = [known[key] for key in row.keys if key in known]
    if not new:
        return Arrival(row, is_known=True)
    if any(state == Candidate.State.DISMISSED for _id, state in met):
        return Arrival(row, is_known=True)
    pending = next((key for key, state in met if state == PENDING), None)
    if not met and (row.happened_on.isoformat(), _folded(row.title)) in entries:
        return Arrival(row, is_known=True)
    return Arrival(row, is_known=False, new_keys=new, candidate_id=pending)


def take_in(engineer: Engineer, reading: Reading, *, source: str = "") -> Delivery:
    """Puts what is new into the tray; what else a journal of ours holds goes where it belongs."""
    with transaction.atomic():
        _lock(engineer)
        arrivals = [arrival for arrival in compare(engineer, reading) if not arrival.is_known]
        growing = [arrival for arrival in arrivals if arrival.candidate_id is not None]
        fresh = [arrival for arrival in arrivals if arrival.candidate_id is None]
        criteria = _criteria_of(engineer, [arrival.row for arrival in arrivals])
        position = engineer.candidates.aggregate(last=Max("position"))["last"] or 0
        candidates = Candidate.objects.bulk_create(
            _candidate(engineer, arrival.row, criteria, source=source, position=position + number)
            for number, arrival in enumerate(fresh, 1)
        )
        CandidatePiece.objects.bulk_create(
            CandidatePiece(engineer=engineer, candidate=candidate, key=key)
            for candidate, arrival in zip(candidates, fresh, strict=True)
            for key in arrival.new_keys
        )
        _grow(engineer, growing)
        _keep_extras(engineer, reading)
    return Delivery(len(reading.rows), len(candidates), len(growing), candidates)


def accept(engineer: Engineer, keys: Sequence[int]) -> list[Entry]:
    """Makes an entry of each that is still in the tray. Raises JournalError and makes none."""
    with transaction.atomic():
        _lock(engineer)
        pending = _pending(engineer, keys)
        changes = changes_from([candidate.content for candidate in pending])
        entries = create_entries(engineer, changes=changes)
        for candidate, entry in zip(pending, entries, strict=True):
            candidate.state, candidate.entry = Candidate.State.ACCEPTED, entry
            candidate.content = {}  # its words are the entry's now, and go when that goes
        Candidate.objects.bulk_update(pending, ["state", "entry", "content"], batch_size=200)
        return entries


def dismiss(engineer: Engineer, keys: Iterable[int]) -> int:
    """How many left the tray; what they are made of does not come again."""
    return _move(engineer, keys, Candidate.State.PENDING, Candidate.State.DISMISSED)


def bring_back(engineer: Engineer, keys: Iterable[int]) -> int:
    """How many of those dismissed are in the tray again."""
    return _move(engineer, keys, Candidate.State.DISMISSED, Candidate.State.PENDING)


def update_candidate(
    candidate: Candidate, *, change: EntryChange, version: int, is_ticked: bool = True
) -> Candidate:
    """The candidate as saved; raises TrayError when another save came between."""
    content = changed(candidate.content, change)
    check_evidence(change_from(content).evidence or ())
    taken = Candidate.objects.filter(pk=candidate.pk, version=version, state=PENDING).update(
        content=content,
        is_ticked=is_ticked,
        is_day_proposed=False,
        is_edited=True,
        reason="",
        version=F("version") + 1,
    )
    candidate.refresh_from_db()
    if not taken and candidate.content != content:  # the same once more is as good as saved
        raise TrayError(
            _("This was changed in another tab since you opened it. Your text is still here.")
        )
    return candidate


def change_candidates(
    engineer: Engineer, keys: Iterable[int], *, change: EntryChange, basis: str = ""
) -> int:
    """The same change of many at once; evidence is added. How many; raises JournalError for all."""
    with transaction.atomic():
        _lock(engineer)
        chosen = _pending(engineer, keys)
        for candidate in chosen:
            content = changed(candidate.content, change, is_added=True)
            if basis:
                content["metrics"] = [{**m, "basis": basis} for m in content["metrics"]]
            candidate.content, candidate.is_edited = content, True
            candidate.version += 1
            if "happened_on" in change.fields:
                candidate.is_day_proposed = False
        if change.evidence:
            changes = changes_from([candidate.content for candidate in chosen])
            check_evidence_of_each([each.evidence or () for each in changes])
        Candidate.objects.bulk_update(
            chosen, ["content", "version", "is_edited", "is_day_proposed"], batch_size=200
        )
        return len(chosen)


def merge(engineer: Engineer, keys: Iterable[int]) -> Candidate:
    """One of several: the first, with the words, links and numbers of the others below its own.

    Raises JournalError for fewer than two, or when together they are too much for an entry.
    """
    with transaction.atomic():
        _lock(engineer)
        chosen = _pending(engineer, keys)
        if len(chosen) < 2:
            raise TrayError(_("Tick at least two to make one of them."))
        first, *others = chosen
        content = merged([candidate.content for candidate in chosen])
        if is_too_long(content):
            raise TrayError(_("Together they are too much for one entry. Merge fewer."))
        check_evidence(change_from(content).evidence or ())
        CandidatePiece.objects.filter(candidate__in=others).update(candidate=first)
        Candidate.objects.filter(pk__in=[other.pk for other in others]).delete()
        first.content, first.is_ticked, first.reason, first.is_edited = content, True, "", True
        first.is_day_proposed = all(candidate.is_day_proposed for candidate in chosen)
        first.version += 1
        first.save(
            update_fields=[
                "content",
                "is_ticked",
                "reason",
                "is_edited",
                "is_day_proposed",
                "version",
            ]
        )
        return first


def split(candidate: Candidate, *, titles: Sequence[str]) -> list[Candidate]:
    """One for each title, the candidate itself the first; each keeps project, day and kind.

    The first keeps what it was made of, details, links and numbers too.
    """
    titles = [title for title in (" ".join(t.split())[:TITLE] for t in titles) if title]
    if len(titles) < 2:
        raise TrayError(_("Write at least two lines; each becomes one of its own."))
    with transaction.atomic():
        _lock(candidate.engineer)
        locked = candidate.engineer.candidates.pending().filter(pk=candidate.pk).first()
        if locked is None:
            raise TrayError(_("This is no longer in the tray."))
        engineer, later = locked.engineer, len(titles) - 1
        below = engineer.candidates.filter(position__gt=locked.position)
        below.update(position=F("position") + later)
        locked.content = renamed(locked.content, titles[0])
        locked.version += 1
        locked.is_edited = True
        locked.save(update_fields=["content", "version", "is_edited"])
        bare = {"metrics": [], "links": [], "evidence": locked.content["evidence"]}
        made = Candidate.objects.bulk_create(
            Candidate(
                engineer=engineer,
                source=locked.source,
                content={**renamed(locked.content, title, what=""), **bare},
                is_ticked=locked.is_ticked,
                is_day_proposed=locked.is_day_proposed,
                reason=locked.reason,
                position=locked.position + number,
            )
            for number, title in enumerate(titles[1:], 1)
        )
        return [locked, *made]


def _candidate(
    engineer: Engineer,
    row: Row,
    criteria: Mapping[tuple[str, str], int],
    *,
    source: str,
    position: int,
) -> Candidate:
    return Candidate(
        engineer=engineer,
        source=source[:200],
        content=content_of_row(row, criteria),
        is_ticked=row.is_ticked,
        is_day_proposed=row.is_day_proposed,
        reason=row.reason[:300],
        position=position,
    )


def _criteria_of(engineer: Engineer, rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """The criteria that a journal of ours names, of ladders that this engineer may read."""
    supports = [s for row in rows if row.content for s in row.content["evidence"]]
    if not supports:
        return {}
    found = Criterion.objects.readable_by(engineer).filter(
        ladder__slug__in={s["ladder"] for s in supports}
    )
    return {(slug, key): pk for pk, slug, key in found.values_list("pk", "ladder__slug", "key")}


def _grow(engineer: Engineer, arrivals: Sequence[Arrival]) -> None:
    """Candidates in the tray take the new pieces of rows.

    One takes the row's words when the row holds all its pieces and its owner changed nothing;
    otherwise it keeps its own, and the lines that are new stand below them.
    """
    keys = {arrival.candidate_id for arrival in arrivals if arrival.candidate_id}
    pieces: dict[int, set[str]] = {key: set() for key in keys}
    for piece in CandidatePiece.objects.filter(candidate__in=keys):
        pieces[piece.candidate_id].add(piece.key)
    for candidate in engineer.candidates.filter(pk__in=keys):
        own = [arrival for arrival in arrivals if arrival.candidate_id == candidate.pk]
        for arrival in own:
            content = content_of_row(arrival.row)
            is_whole = pieces[candidate.pk] <= set(arrival.row.keys)
            is_taken = is_whole and not candidate.is_edited
            candidate.content = content if is_taken else grown(candidate.content, content)
            pieces[candidate.pk].update(arrival.new_keys)
        candidate.version += 1  # a form opened before does not know the new words
        candidate.save(update_fields=["content", "version"])
        CandidatePiece.objects.bulk_create(
            CandidatePiece(engineer=engineer, candidate=candidate, key=key)
            for arrival in own
            for key in arrival.new_keys
        )


def _keep_extras(engineer: Engineer, reading: Reading) -> None:
    """Projects and weeks of a journal of ours, where this one says nothing of them yet."""
    known = {_folded(title) for title in engineer.projects.values_list("title", flat=True)}
    new = {_folded(p["title"]): p for p in reading.projects if _folded(p["title"]) not in known}
    Project.objects.bulk_create(Project(engineer=engineer, **project) for project in new.values())
    weeks = {week["monday"]: week for week in reading.weeks}
    for week in engineer.weeks.filter(monday__in=weeks):
        del weeks[week.monday]
    Week.objects.bulk_create(Week(engineer=engineer, **week) for week in weeks.values())


def _move(engineer: Engineer, keys: Iterable[int], old: str, new: str) -> int:
    moved = 0
    for part in _parts(list(keys)):
        moved += engineer.candidates.filter(pk__in=part, state=old).update(state=new)
    return moved


def _pending(engineer: Engineer, keys: Iterable[int]) -> list[Candidate]:
    """Those that are still in the tray, in its order."""
    found = [
        candidate
        for part in _parts(list(dict.fromkeys(keys)))
        for candidate in engineer.candidates.pending().filter(pk__in=part)
    ]
    return sorted(found, key=lambda candidate: (candidate.position, candidate.pk))


def _parts(keys: Sequence[int]) -> Iterable[Sequence[int]]:
    """No more at once than a database takes in one question."""
    return (keys[start : start + 500] for start in range(0, len(keys), 500))


def _lock(engineer: Engineer) -> None:
    """One change of a tray at a time, so that what is sent twice happens once."""
    list(Engineer.objects.select_for_update().filter(pk=engineer.pk).values_list("pk"))


def _folded(title: str) -> str:
    return " ".join(title.split()).casefold()
