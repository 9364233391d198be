"""The editions of a ladder: listed without their documents, and one against the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import IntegerField, Value
from django.db.models.functions import Cast, Length, Replace

from careers.ladders.changes import Changes, changes
from careers.ladders.document import document_of
from careers.ladders.models import Edition

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping

    from careers.ladders.document import LadderDocument
    from careers.ladders.models import Criterion, Ladder

# Stands once in canonical JSON for each criterion and nowhere else: in a text the second of its
# quotes would follow a backslash.
ONCE_A_CRITERION = '"keywords":'
_KEY_OF_CRITERION = re.compile(f'"key":"([^"]*)",{ONCE_A_CRITERION}')


@dataclass(frozen=True, slots=True)
class EditionLine:
    """An edition in a list; `short_hash` is the first 12 digits."""

    number: int
    published_at: dt.datetime
    short_hash: str
    criteria: int


@dataclass(frozen=True, slots=True)
class EditionNews:
    """The newest edition of a ladder that has had others before."""

    ladder: Ladder
    number: int
    published_at: dt.datetime


@dataclass(frozen=True, slots=True)
class EditionPage:
    """An edition, its document, and what it changed; `before` and `after` are None at the ends."""

    edition: Edition
    document: LadderDocument
    changes: Changes
    before: int | None
    after: int | None


def read_news(ladder: Ladder, *, since: dt.datetime) -> EditionNews | None:
    """The newest edition where it came after `since` and is not the first; one query."""
    newest = (
        ladder.editions.filter(number__gt=1, published_at__gte=since)
        .order_by("-number")
        .values_list("number", "published_at")
        .first()
    )
    return EditionNews(ladder, *newest) if newest else None


def read_editions(ladder: Ladder) -> list[EditionLine]:
    """The newest first; one query, which counts the criteria where the documents are."""
    without = Length(Replace("document", Value(ONCE_A_CRITERION), Value("")))
    count = (Length("document") - without) / len(ONCE_A_CRITERION)
    rows = (
        ladder.editions.annotate(criteria=Cast(count, IntegerField()))
        .order_by("-number")
        .values_list("number", "published_at", "sha256", "criteria")
    )
    return [
        EditionLine(number, published_at, sha256[:12], criteria)
        for number, published_at, sha256, criteria in rows
    ]


def read_edition_page(edition: Edition) -> EditionPage:
    """Two queries; another where it asks for criteria that the one before did not ask."""
    editions = edition.ladder.editions
    previous = editions.filter(number__lt=edition.number).order_by("-number").first()
    following = editions.filter(number__gt=edition.number).order_by("number").only("number").first()
    document = document_of(edition.document)
    before = document_of(previous.document) if previous else None
    return EditionPage(
        edition=edition,
        document=document,
        changes=changes(before, document, known=_known(edition, before, document)),
        before=previous.number if previous else None,
        after=following.number if following else None,
    )


def read_texts_at(times: Mapping[Criterion, dt.datetime]) -> dict[int, str]:
    """What each criterion said at its time, by id; not one that no edition of then holds.

    A time before the first edition, as of evidence that was brought in with its dates, is taken as
    that of the first. Two queries, none where nothing is asked.
    """
    if not times:
        return {}
    ladders = {criterion.ladder_id for criterion in times}
    editions = Edition.objects.filter(ladder__in=ladders).order_by("-number")
    published = list(editions.values_list("ladder_id", "published_at", "pk"))
    in_force = {}
    for criterion, at in times.items():
        dates = [(on, pk) for ladder_id, on, pk in published if ladder_id == criterion.ladder_id]
        in_force[criterion] = next(
            (pk for on, pk in dates if on <= at), dates[-1][1] if dates else 0
        )
    documents = editions.filter(pk__in=set(in_force.values())).values_list("pk", "document")
    texts = {
        pk: {part.key: part.text for part in document_of(document).criteria}
        for pk, document in documents
    }
    return {
        criterion.pk: text
        for criterion, pk in in_force.items()
        if (text := texts.get(pk, {}).get(criterion.key))
    }


def _known(
    edition: Edition, before: LadderDocument | None, document: LadderDocument
) -> Collection[str]:
    """Which of the criteria that this edition adds were asked once before."""
    if before is None:
        return set()
    wanted = {part.key for part in document.criteria} - {part.key for part in before.criteria}
    if not wanted:
        return set()
    known: set[str] = set()
    earlier = edition.ladder.editions.filter(number__lt=edition.number).order_by("-number")
    for canonical in earlier.values_list("document", flat=True).iterator(chunk_size=1):
        # Not read as JSON: there may be hundreds of them, each of some hundred kilobytes.
        known |= wanted.intersection(_KEY_OF_CRITERION.findall(canonical))
        if known == wanted:
            break
    return known
