"""Publishing a ladder, and saying which level one holds and aims for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import RestrictedError
from django.utils import timezone
from django.utils.translation import gettext as _

from careers.ladders.models import (
    Criterion,
    Dimension,
    Edition,
    Guidance,
    Ladder,
    Level,
    Placement,
    Target,
    Track,
    Transition,
)
from careers.ladders.resting import resting_on

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Sequence

    from django.db.models import Model

    from careers.ladders.document import LadderDocument
    from careers.people.models import Engineer

BATCH = 500  # rows a statement, so that none has more parameters than PostgreSQL takes


class LadderError(Exception):
    """A change that was refused; the message is fit to show."""


@transaction.atomic
def publish_ladder(
    document: LadderDocument,
    *,
    owner: Engineer | None = None,
    is_builtin: bool = False,
    after: int | None = None,
) -> Edition:
    """The edition that holds `document`, with the rows brought to its state.

    A document equal to the newest edition's changes nothing and returns that edition. LadderError
    where the slug is another's: somebody's private ladder, or built in where this is not; and where
    the newest edition is not `after`, 0 being none.
    """
    ladder = _lock_ladder(document, owner=owner, is_builtin=is_builtin)
    newest = ladder.editions.order_by("-number").first()
    if newest and newest.sha256 == document.sha256:
        return newest
    if ladder.is_builtin != is_builtin:
        raise LadderError(_slug_taken(document))
    if after is not None and after != (newest.number if newest else 0):
        raise LadderError(_("Another edition was published meanwhile."))
    edition = Edition.objects.create(
        ladder=ladder,
        number=newest.number + 1 if newest else 1,
        document=document.canonical,
        sha256=document.sha256,
    )
    _bring_ladder(ladder, document)
    tracks = _bring_tracks(ladder, document)
    levels = _bring_levels(ladder, document, tracks=tracks)
    dimensions = _bring_dimensions(ladder, document, tracks=tracks)
    _bring_criteria(ladder, document, levels=levels, dimensions=dimensions)
    _replace_transitions(ladder, document, levels=levels)
    _replace_guidance(ladder, document, levels=levels)
    return edition


@transaction.atomic
def delete_ladder(ladder: Ladder) -> None:
    """Take a private ladder away with all its editions; LadderError while something rests on it."""
    if ladder.owner_id is None:
        raise LadderError(_("A ladder that is everybody's is not deleted."))
    found = Ladder.objects.select_for_update().filter(pk=ladder.pk).first()
    sentence = _("Something still rests on this ladder; nothing was deleted.")
    if found is None:
        return
    if resting_on(found):
        raise LadderError(sentence)
    try:
        found.delete()
    except RestrictedError:  # what a package rests on it that is not counted
        raise LadderError(sentence) from None


def place_engineer(
    engineer: Engineer, *, level: Level, since_on: dt.date, employer: str = ""
) -> Placement:
    """What `engineer` holds since that day.

    The newest placement again, with another date, is its date put right; a day that has a placement
    gets this one; anything else joins the history.
    """
    _check_readable(level, engineer)
    with transaction.atomic():
        newest = engineer.placements.select_for_update(of=["self"]).newest_first().first()
        if newest and (newest.level_id, newest.employer) == (level.pk, employer):
            engineer.placements.filter(since_on=since_on).exclude(pk=newest.pk).delete()
            newest.since_on = since_on
            newest.save(update_fields=["since_on"])
            return newest
        placement, _is_new = Placement.objects.update_or_create(
            engineer=engineer,
            since_on=since_on,
            defaults={"level": level, "employer": employer},
        )
    return placement


def aim_for(engineer: Engineer, *, level: Level | None) -> Target | None:
    """The target of `engineer`; None takes it away. The day it was set is the day it changed."""
    if level is None:
        Target.objects.filter(engineer=engineer).delete()
        return None
    _check_readable(level, engineer)
    with transaction.atomic():
        target, is_new = Target.objects.select_for_update().get_or_create(
            engineer=engineer, defaults={"level": level, "set_on": engineer.today()}
        )
        if not is_new and target.level_id != level.pk:
            target.level, target.set_on = level, engineer.today()
            target.save(update_fields=["level", "set_on"])
    return target


def _check_readable(level: Level, engineer: Engineer) -> None:
    if level.ladder.owner_id not in (None, engineer.pk):
        raise LadderError(_("There is no such level."))


def _lock_ladder(document: LadderDocument, *, owner: Engineer | None, is_builtin: bool) -> Ladder:
    """The ladder's row, made if need be; whoever else publishes it waits for this transaction."""
    ladder, _is_new = Ladder.objects.get_or_create(
        slug=document.slug,
        defaults={"name": document.name, "owner": owner, "is_builtin": is_builtin},
    )
    if ladder.owner_id != (owner and owner.pk):
        raise LadderError(_slug_taken(document))
    locked = Ladder.objects.select_for_update().filter(pk=ladder.pk).first()
    if locked is None:
        raise LadderError(_("The ladder was deleted meanwhile."))
    return locked


def _slug_taken(document: LadderDocument) -> str:
    sentence = _("“%(slug)s” is the slug of another ladder; give this one another.")
    return sentence % {"slug": document.slug}


def _bring_ladder(ladder: Ladder, document: LadderDocument) -> None:
    """The ladder's own row; and all of its parts retired, until the document brings them back."""
    ladder.name, ladder.summary = document.name, document.summary
    ladder.rules = dict(document.rules)
    ladder.save(update_fields=["name", "summary", "rules"])
    ladder.tracks.update(is_retired=True)
    ladder.levels.update(is_retired=True)
    Dimension.objects.filter(track__ladder=ladder).update(is_retired=True)
    ladder.criteria.update(is_retired=True)


def _bring_tracks(ladder: Ladder, document: LadderDocument) -> dict[str, Track]:
    _bring(
        [
            Track(
                ladder=ladder, key=part.key, name=part.name, summary=part.summary, position=position
            )
            for position, part in enumerate(document.tracks)
        ],
        unique=["ladder", "key"],
    )
    return {track.key: track for track in ladder.tracks.all()}


def _bring_levels(
    ladder: Ladder, document: LadderDocument, *, tracks: dict[str, Track]
) -> dict[str, Level]:
    _bring(
        [
            Level(
                ladder=ladder,
                track=tracks[track.key],
                code=part.code,
                label=part.label,
                title=part.title,
                rank=part.rank,
                years=part.years,
                scope=part.scope,
                is_terminal=part.terminal,
                position=position,
            )
            for track in document.tracks
            for position, part in enumerate(track.levels)
        ],
        unique=["ladder", "code"],
    )
    return {level.code: level for level in ladder.levels.all()}


def _bring_dimensions(
    ladder: Ladder, document: LadderDocument, *, tracks: dict[str, Track]
) -> dict[tuple[int, str], Dimension]:
    _bring(
        [
            Dimension(track=tracks[track.key], key=part.key, name=part.name, position=position)
            for track in document.tracks
            for position, part in enumerate(track.dimensions)
        ],
        unique=["track", "key"],
    )
    dimensions = Dimension.objects.filter(track__ladder=ladder)
    return {(dimension.track_id, dimension.key): dimension for dimension in dimensions}


def _bring_criteria(
    ladder: Ladder,
    document: LadderDocument,
    *,
    levels: dict[str, Level],
    dimensions: dict[tuple[int, str], Dimension],
) -> None:
    reworded = _reworded(ladder, document)
    _bring(
        [
            Criterion(
                ladder=ladder,
                level=(level := levels[level_part.code]),
                dimension=dimensions[level.track_id, part.dimension],
                key=part.key,
                text=part.text,
                is_required=part.required,
                lamps=None if part.lamps is None else list(part.lamps),
                keywords=list(part.keywords),
                reworded_at=reworded[part.key],
                position=position,
            )
            for level_part in document.levels
            for position, part in enumerate(level_part.criteria)
        ],
        unique=["ladder", "key"],
    )


def _reworded(ladder: Ladder, document: LadderDocument) -> dict[str, dt.datetime | None]:
    """When the text of each criterion last became another one: now, some time ago or never."""
    rows = ladder.criteria.values_list("key", "text", "reworded_at")
    known = {key: (text, reworded_at) for key, text, reworded_at in rows}
    now = timezone.now()
    reworded = {}
    for part in document.criteria:
        text, reworded_at = known.get(part.key, (part.text, None))
        reworded[part.key] = reworded_at if text == part.text else now
    return reworded


def _replace_transitions(
    ladder: Ladder, document: LadderDocument, *, levels: dict[str, Level]
) -> None:
    Transition.objects.filter(from_level__ladder=ladder).delete()
    Transition.objects.bulk_create(
        Transition(
            from_level=levels[part.from_code],
            to_level=levels[part.to_code],
            min_months=part.months[0] if part.months else None,
            max_months=part.months[1] if part.months else None,
            is_open_ended=part.open_ended,
            conditions=[condition.text for condition in part.conditions],
        )
        for part in document.transitions
    )


def _replace_guidance(
    ladder: Ladder, document: LadderDocument, *, levels: dict[str, Level]
) -> None:
    """Each level's in the order of the levels, then what is said of the whole ladder."""
    said = [(levels[part.code], guidance) for part in document.levels for guidance in part.guidance]
    everything = [*said, *((None, guidance) for guidance in document.guidance)]
    ladder.guidance.all().delete()
    Guidance.objects.bulk_create(
        (
            Guidance(
                ladder=ladder,
                level=level,
                kind=part.kind,
                title=part.title,
                text=part.text,
                position=position,
            )
            for position, (level, part) in enumerate(everything)
        ),
        batch_size=BATCH,
    )


def _bring[Row: Model](rows: Sequence[Row], *, unique: Collection[str]) -> None:
    """Make `rows` or, where one with the same `unique` fields is there, bring it to their state."""
    if not rows:
        return
    fields = rows[0]._meta.concrete_fields
    changing = [field.name for field in fields if not field.primary_key]
    type(rows[0])._default_manager.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=unique,
        update_fields=[name for name in changing if name not in unique],
        batch_size=BATCH,
    )
