"""Publishing as somebody does it in the browser: looked at first, then done.

What was looked at has a mark; publishing something else than what carries it is refused, so that
nobody publishes what they have not seen.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import TYPE_CHECKING

from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from careers.ladders.actions import LadderError, publish_ladder
from careers.ladders.changes import Changes, changes
from careers.ladders.document import document_of
from careers.ladders.models import Criterion, Ladder, Target

if TYPE_CHECKING:
    from careers.ladders.document import LadderDocument
    from careers.ladders.models import Edition
    from careers.people.models import Engineer

LONGEST_SLUG = 64
LONGEST_NAME = 160


@dataclass(frozen=True, slots=True)
class Touched:
    """What of one's own a publication touches; of others' rows nobody is told anything.

    Entries by what becomes of the criteria that they are tagged to; the levels by name, "" where
    they stay.
    """

    reworded: int = 0
    retired: int = 0
    held: str = ""
    aimed: str = ""

    def __bool__(self) -> bool:
        return bool(self.reworded or self.retired or self.held or self.aimed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What publishing `document` would do: a first edition, the next one, or nothing at all."""

    document: LadderDocument
    owner: Engineer | None
    newest: int
    is_unchanged: bool
    changes: Changes
    touched: Touched

    @property
    def number(self) -> int:
        return self.newest + 1

    @property
    def mark(self) -> str:
        """The same for the same document, for the same people, after the same edition."""
        return self._mark_after(self.newest)

    def was_looked_at(self, checked: str) -> bool:
        """Whether this is what carried that mark; also where it has been published since, as by
        who sends a form twice."""
        done = self._mark_after(self.newest - 1)
        return checked == self.mark or (self.is_unchanged and checked == done)

    def _mark_after(self, number: int) -> str:
        audience = "me" if self.owner else "everybody"
        return f"{number}-{audience}-{self.document.sha256}"


def may_publish_for_everybody(engineer: Engineer) -> bool:
    return engineer.has_perm("ladders.publish_ladder")


def may_publish(ladder: Ladder, *, by: Engineer) -> bool:
    """Whether the next edition of this ladder may be theirs."""
    if ladder.owner_id is not None:
        return ladder.owner_id == by.pk
    return not ladder.is_builtin and may_publish_for_everybody(by)


def propose(document: LadderDocument, *, by: Engineer, is_for_everybody: bool) -> Proposal:
    """What publishing would do. LadderError where it would be refused; nothing is written.

    A private ladder gets a slug of its owner's own, see `own_slug`.
    """
    if not is_for_everybody:
        document = replace(document, slug=own_slug(document.slug, by))
    ladder = Ladder.objects.filter(slug=document.slug).first()
    _check(ladder, document, by=by, is_for_everybody=is_for_everybody)
    newest = ladder.editions.order_by("-number").first() if ladder else None
    owner = None if is_for_everybody else by
    if ladder is None or newest is None:
        return Proposal(
            document=document,
            owner=owner,
            newest=0,
            is_unchanged=False,
            changes=changes(None, document),
            touched=Touched(),
        )
    before = document_of(newest.document)
    retired = ladder.criteria.filter(is_retired=True).values_list("key", flat=True)
    found = changes(before, document, known=set(retired))
    return Proposal(
        document=document,
        owner=owner,
        newest=newest.number,
        is_unchanged=newest.sha256 == document.sha256,
        changes=found,
        touched=_touched(ladder, found, before, document, engineer=by),
    )


def publish(proposal: Proposal) -> Edition:
    """The edition that was proposed; LadderError where another edition or ladder came first."""
    return publish_ladder(proposal.document, owner=proposal.owner, after=proposal.newest)


def copy_for(engineer: Engineer, document: LadderDocument) -> LadderDocument:
    """The same ladder, called their own, under a slug that is free."""
    readable = set(Ladder.objects.readable_by(engineer).values_list("slug", flat=True))
    number, slug = 1, ""
    while not slug or slug in readable:
        slug = _with_ending(document.slug, engineer, number=number)
        number += 1
    name = _("%(name)s, my copy") % {"name": document.name}
    return replace(document, slug=slug, name=name if len(name) <= LONGEST_NAME else document.name)


def own_slug(slug: str, engineer: Engineer) -> str:
    """The slug of a private ladder: as it is where it is theirs, else with their ending.

    So nobody learns of anybody's private ladder by trying its slug, and none takes away the slug
    of a ladder that is to be everybody's.
    """
    is_theirs = re.search(rf"-{_digits_of(engineer)}(-\d+)?$", slug) is not None
    if is_theirs or engineer.private_ladders.filter(slug=slug).exists():
        return slug
    return _with_ending(slug, engineer)


def _with_ending(slug: str, engineer: Engineer, *, number: int = 1) -> str:
    own = _digits_of(engineer)
    ending = f"-{own}" if number == 1 else f"-{own}-{number}"
    if len(slug) + len(ending) > LONGEST_SLUG:  # cut, and told apart from others cut there
        ending = f"-{sha256(slug.encode()).hexdigest()[:4]}{ending}"
    return slug[: LONGEST_SLUG - len(ending)].rstrip("-") + ending


def _digits_of(engineer: Engineer) -> str:
    return salted_hmac("ladders.copy", str(engineer.pk), algorithm="sha256").hexdigest()[:4]


def _check(
    ladder: Ladder | None, document: LadderDocument, *, by: Engineer, is_for_everybody: bool
) -> None:
    """Refuse, with a sentence, what publish_ladder would refuse and what is not theirs to do."""
    facts = {"slug": document.slug}
    if is_for_everybody and not may_publish_for_everybody(by):
        raise LadderError(_("Ladder owners alone publish for everybody."))
    if ladder is None or (ladder.owner_id == by.pk and not is_for_everybody):
        return
    if ladder.owner_id == by.pk:
        sentence = _("“%(slug)s” is the slug of a private ladder of yours; give this one another.")
        raise LadderError(sentence % facts)
    if ladder.owner_id is not None or not is_for_everybody:
        sentence = _("“%(slug)s” is the slug of another ladder; give this one another.")
        raise LadderError(sentence % facts)
    if ladder.is_builtin:
        sentence = _("“%(slug)s” is built in and comes with Careers; give this one another slug.")
        raise LadderError(sentence % facts)


def _touched(
    ladder: Ladder,
    found: Changes,
    before: LadderDocument,
    after: LadderDocument,
    *,
    engineer: Engineer,
) -> Touched:
    reworded = {change.key for change in found.reworded}
    retired = {change.key for change in found.retired}
    # Evidence is the journal's, which this package may not import; the criteria lead to it.
    tagged = Criterion.objects.filter(
        ladder=ladder,
        evidence__entry__engineer=engineer,
        evidence__entry__deleted_at=None,
    ).values_list("key", "evidence__entry")
    pairs = list(tagged)
    codes = {level.code for level in before.levels} - {level.code for level in after.levels}
    placement = engineer.placements.newest_first().first()
    target = Target.objects.filter(engineer=engineer).select_related("level").first()
    held, aimed = (
        said.level.label
        if said and said.level.ladder_id == ladder.pk and said.level.code in codes
        else ""
        for said in (placement, target)
    )
    return Touched(
        reworded=len({entry for key, entry in pairs if key in reworded}),
        retired=len({entry for key, entry in pairs if key in retired}),
        held=held,
        aimed=aimed,
    )
