"""Changing entries so that nothing typed is lost and nothing happens twice.

Every save leaves a Revision with the whole entry. A save names the version it began from: when
another save came between, it is refused with EditConflictError and nothing is written. A save
names its operation too: sent again, it is answered with what it already did.
"""

from __future__ import annotations

from collections import Counter
from itertools import chain
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from careers.journal.content import EntryChange, Support, contents_of, differs
from careers.journal.models import Entry, EntryLink, Evidence, Metric, Project, Revision
from careers.ladders.models import Criterion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from uuid import UUID

    from careers.ladders.models import Level
    from careers.people.models import Engineer

PRIMARY_PER_LEVEL = 3  # unless a ladder asks for others
BULK_LIMIT = 500


class JournalError(Exception):
    """A change that was refused; the message is fit to show."""


class EditConflictError(JournalError):
    """Somebody, most likely the same person in another tab, saved this entry in between."""

    def __init__(self, entry: Entry) -> None:
        super().__init__(_("This entry was saved elsewhere since you opened it."))
        self.entry = entry


def create_entry(
    engineer: Engineer, *, change: EntryChange, operation_id: UUID | None = None
) -> Entry:
    """A new entry, of today when no day is named, or the one that this operation already made."""
    try:
        with transaction.atomic():
            if done := _revision_of(engineer, operation_id):
                return _resend(done, change)
            columns = {"happened_on": engineer.today(), **_columns(engineer, change, title="")}
            entry = Entry(engineer=engineer, **columns)
            entry.save()
            _replace_parts(entry, change)
            _record([entry], operation_id=operation_id)
            return entry
    except IntegrityError:  # the same save, a moment earlier
        if done := _revision_of(engineer, operation_id):
            return _resend(done, change)
        raise


def create_entries(engineer: Engineer, *, changes: Sequence[EntryChange]) -> list[Entry]:
    """New entries, in the order of `changes`, each of which names all that an entry needs.

    Raises JournalError, and makes none, when one would be primary for too many criteria of a
    level.
    """
    with transaction.atomic():
        check_evidence_of_each([change.evidence or () for change in changes])
        projects = _find_or_make_projects(engineer, [c.project_title or "" for c in changes])
        entries = Entry.objects.bulk_create(
            Entry(engineer=engineer, project=project, **change.fields)
            for change, project in zip(changes, projects, strict=True)
        )
        pairs = list(zip(entries, changes, strict=True))
        Metric.objects.bulk_create(
            Metric(entry=entry, position=position, **values)
            for entry, change in pairs
            for position, values in enumerate(change.metrics or ())
        )
        EntryLink.objects.bulk_create(
            EntryLink(entry=entry, position=position, **values)
            for entry, change in pairs
            for position, values in enumerate(change.links or ())
        )
        Evidence.objects.bulk_create(
            Evidence(entry=entry, criterion_id=s.criterion_id, is_primary=s.is_primary, note=s.note)
            for entry, change in pairs
            for s in change.evidence or ()
        )
        _record(entries)
        return entries


def update_entry(
    entry: Entry, *, change: EntryChange, version: int, operation_id: UUID | None = None
) -> Entry:
    """The entry as saved; raises EditConflictError when `version` is no longer the newest.

    An entry that another save left just so is as good as saved.
    """
    engineer = entry.engineer
    try:
        with transaction.atomic():
            done = _revision_of(engineer, operation_id)
            if done and done.entry_id == entry.pk:
                return _resend(done, change)
            _take_version(entry, version, _columns(engineer, change, title=entry.title))
            _replace_parts(entry, change)
            entry.refresh_from_db()
            _record([entry], operation_id=None if done else operation_id)
            return entry
    except (IntegrityError, EditConflictError) as error:  # perhaps by the same save, just before
        done = _revision_of(engineer, operation_id)
        if done and done.entry_id == entry.pk:
            return _resend(done, change)
        if isinstance(error, EditConflictError) and _is_as_asked(error.entry, change):
            return error.entry
        raise


def change_entries(
    engineer: Engineer,
    *,
    entry_ids: Iterable[int],
    change: EntryChange,
) -> list[Entry]:
    """The same change of many entries at once; evidence is added, never taken away.

    Returns the entries changed. Raises JournalError, and changes none, when there are more than
    BULK_LIMIT or when one would become primary for too many criteria of a level.
    """
    with transaction.atomic():
        wanted = set(entry_ids)
        if len(wanted) > BULK_LIMIT:
            raise JournalError(
                _("Change at most %(limit)d entries at once.") % {"limit": BULK_LIMIT}
            )
        entries = list(
            engineer.entries.live().filter(pk__in=wanted).select_for_update().order_by("pk")
        )
        if not entries:
            return []
        ids = [entry.pk for entry in entries]
        _add_evidence(ids, change.evidence or ())
        Entry.objects.filter(pk__in=ids).update(
            version=F("version") + 1,
            updated_at=timezone.now(),
            **_columns(engineer, change, title=""),
        )
        changed = list(Entry.objects.filter(pk__in=ids).order_by("pk"))
        _record(changed)
        return changed


def restore_revision(entry: Entry, *, number: int) -> Entry:
    """The entry as it was in version `number`, as a new version."""
    content = entry.revisions.get(number=number).content
    return update_entry(entry, change=change_from(content), version=entry.version)


def change_from(content: Mapping[str, Any]) -> EntryChange:
    """The change that brings an entry to `content`, as a Revision holds it."""
    return changes_from([content])[0]


def changes_from(contents: Sequence[Mapping[str, Any]]) -> list[EntryChange]:
    """The same for many, in one query."""
    keys = {item["criterion"] for content in contents for item in content["evidence"]}
    kept = Criterion.objects.in_bulk(keys) if keys else {}
    return [_change_from(content, kept) for content in contents]


def _change_from(content: Mapping[str, Any], kept: Mapping[int, Criterion]) -> EntryChange:
    return EntryChange(
        fields=content["fields"],
        project_title=content["project"],
        metrics=content["metrics"],
        links=content["links"],
        evidence=[
            Support(item["criterion"], item["is_primary"], item["note"])
            for item in content["evidence"]
            if item["criterion"] in kept
        ],
    )


def trash_entries(engineer: Engineer, *, entry_ids: Iterable[int]) -> int:
    """How many went into the trash, from where they come back for TRASH_DAYS days."""
    live = engineer.entries.live().filter(pk__in=list(entry_ids))
    return live.update(deleted_at=timezone.now())


def make_own_project(entry: Entry) -> Project:
    """A project for an entry that has none, so that it is an example of its own."""
    update_entry(entry, change=EntryChange(has_own_project=True), version=entry.version)
    return Project.objects.get(entries=entry)


def find_or_make_project(engineer: Engineer, *, title: str) -> Project | None:
    """The project of that title, whatever its capitals; made when new, None when blank."""
    title = " ".join(title.split())
    if not title:
        return None
    known = engineer.projects.filter(title__iexact=title).order_by("pk").first()
    if known:
        return known
    project, _made = Project.objects.get_or_create(engineer=engineer, title=title)
    return project


def _find_or_make_projects(engineer: Engineer, titles: Sequence[str]) -> list[Project | None]:
    """As find_or_make_project for each of many titles, in two queries."""
    wanted: dict[str, str] = {}
    for title in filter(None, (" ".join(title.split()) for title in titles)):
        wanted.setdefault(title.casefold(), title)
    known = {
        project.title.casefold(): project
        for project in engineer.projects.order_by("-pk")
        if project.title.casefold() in wanted
    }
    made = Project.objects.bulk_create(
        Project(engineer=engineer, title=title) for key, title in wanted.items() if key not in known
    )
    known |= {project.title.casefold(): project for project in made}
    return [known.get(" ".join(title.split()).casefold()) for title in titles]


def check_evidence(evidence: Iterable[Support]) -> None:
    """Raises JournalError when an entry is primary for too many criteria of one level."""
    check_evidence_of_each([list(evidence)])


def check_evidence_of_each(entries: Sequence[Sequence[Support]]) -> None:
    """The same for the evidence of each of many entries, in one query."""
    levels = _levels_of(chain.from_iterable(entries))
    for supports in entries:
        _check_primaries(supports, levels)


def _levels_of(supports: Iterable[Support]) -> dict[int, Level]:
    """The level of each criterion that is supported, by the criterion's key; one query.

    A criterion that an edition dropped is asked at no level.
    """
    keys = {support.criterion_id for support in supports}
    criteria = Criterion.objects.filter(pk__in=keys, is_retired=False)
    return {row.pk: row.level for row in criteria.select_related("level__ladder")}


def _check_primaries(supports: Iterable[Support], levels: Mapping[int, Level]) -> None:
    primaries = (support.criterion_id for support in supports if support.is_primary)
    counts = Counter(levels[key] for key in primaries if key in levels)
    for level, count in counts.items():
        most = level.ladder.rules.get("primary_criteria_per_level", PRIMARY_PER_LEVEL)
        if count > most:
            raise JournalError(
                ngettext(
                    "One entry is primary evidence for at most %(most)d criterion of a level; "
                    "here it is %(count)d of %(level)s. Make the weaker ones supporting.",
                    "One entry is primary evidence for at most %(most)d criteria of a level; "
                    "here it is %(count)d of %(level)s. Make the weaker ones supporting.",
                    most,
                )
                % {"most": most, "count": count, "level": level.label}
            )


def _columns(engineer: Engineer, change: EntryChange, *, title: str) -> dict[str, Any]:
    """What `change` sets of an entry called `title`, its project found or made."""
    columns = dict(change.fields)
    if change.has_own_project:
        columns["project"] = _make_project(engineer, title=columns.get("title", title))
    elif change.project_title is not None:
        columns["project"] = find_or_make_project(engineer, title=change.project_title)
    return columns


def _make_project(engineer: Engineer, *, title: str) -> Project:
    """A new project of that title, or of that title and a number when there is one already."""
    taken = {known.casefold() for known in engineer.projects.values_list("title", flat=True)}
    title = free = " ".join(title.split())[:160].strip()
    number = 2
    while free.casefold() in taken:
        free = f"{title[:150]} ({number})"
        number += 1
    return Project.objects.create(engineer=engineer, title=free)


def _is_as_asked(entry: Entry, change: EntryChange) -> bool:
    is_open = entry.deleted_at is None and not change.has_own_project
    return is_open and not differs(contents_of([entry])[entry.pk], change)


def _take_version(entry: Entry, version: int, fields: Mapping[str, Any]) -> None:
    taken = Entry.objects.filter(pk=entry.pk, version=version, deleted_at=None).update(
        version=version + 1, updated_at=timezone.now(), **fields
    )
    if not taken:
        entry.refresh_from_db()
        raise EditConflictError(entry)


def _replace_parts(entry: Entry, change: EntryChange) -> None:
    if change.metrics is not None:
        entry.metrics.all().delete()
        Metric.objects.bulk_create(
            Metric(entry=entry, position=position, **values)
            for position, values in enumerate(change.metrics)
        )
    if change.links is not None:
        entry.links.all().delete()
        EntryLink.objects.bulk_create(
            EntryLink(entry=entry, position=position, **values)
            for position, values in enumerate(change.links)
        )
    if change.evidence is not None:
        _replace_evidence(entry, change.evidence)


def _replace_evidence(entry: Entry, evidence: Sequence[Support]) -> None:
    """Rows that stay keep their day, so that "reworded since you tagged it" stays true."""
    check_evidence(evidence)
    wanted = {support.criterion_id: support for support in evidence}
    entry.evidence.exclude(criterion_id__in=wanted).delete()
    Evidence.objects.bulk_create(
        (
            Evidence(entry=entry, criterion_id=key, is_primary=s.is_primary, note=s.note)
            for key, s in wanted.items()
        ),
        update_conflicts=True,
        update_fields=["is_primary", "note"],
        unique_fields=["entry", "criterion"],
    )


def _add_evidence(entry_ids: Sequence[int], evidence: Sequence[Support]) -> None:
    if not evidence:
        return
    present: dict[int, list[Support]] = {entry_id: [] for entry_id in entry_ids}
    for row in Evidence.objects.filter(entry_id__in=entry_ids):
        present[row.entry_id].append(Support(row.criterion_id, row.is_primary, row.note))
    levels = _levels_of(chain(evidence, *present.values()))
    for supports in present.values():
        known = {support.criterion_id for support in supports}
        added = [new for new in evidence if new.criterion_id not in known]
        _check_primaries([*supports, *added], levels)
    Evidence.objects.bulk_create(
        (
            Evidence(entry_id=entry_id, criterion_id=s.criterion_id, is_primary=s.is_primary)
            for entry_id in entry_ids
            for s in evidence
        ),
        ignore_conflicts=True,
    )


def _revision_of(engineer: Engineer, operation_id: UUID | None) -> Revision | None:
    if operation_id is None:
        return None
    done = engineer.revisions.filter(operation_id=operation_id)
    return done.select_related("entry").first()


def _resend(done: Revision, change: EntryChange) -> Entry:
    """The entry an operation made. What was typed between two tries is saved on top of it."""
    saved = contents_of([done.entry])[done.entry_id]
    if not differs(done.content, change) or not differs(saved, change):
        return done.entry
    return update_entry(done.entry, change=change, version=done.number)


def _record(entries: Sequence[Entry], *, operation_id: UUID | None = None) -> None:
    contents = contents_of(entries)
    Revision.objects.bulk_create(
        Revision(
            engineer_id=entry.engineer_id,
            entry=entry,
            number=entry.version,
            operation_id=operation_id,
            content=contents[entry.pk],
        )
        for entry in entries
    )
