"""The tray: what was brought in and waits for its owner to accept or dismiss it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.journal.models.entries import Entry
from careers.people.models import Engineer


class CandidateQuerySet(models.QuerySet["Candidate"]):
    def pending(self) -> CandidateQuerySet:
        return self.filter(state=Candidate.State.PENDING)

    def gone(self) -> CandidateQuerySet:
        """No longer in the tray."""
        return self.exclude(state=Candidate.State.PENDING)

    def in_order(self) -> CandidateQuerySet:
        """As they stood in what was brought in, the latest delivery last."""
        return self.order_by("position", "pk")


class Candidate(models.Model):
    """What may become an entry, in the shape of a Revision's content.

    One that was accepted or dismissed stays, so that its pieces do not come again; the words of
    one that was accepted are in its entry and no longer here.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("In the tray")
        ACCEPTED = "accepted", _("In the journal")
        DISMISSED = "dismissed", _("Dismissed")

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="candidates")
    state = models.CharField(max_length=16, choices=State, default=State.PENDING)
    source = models.CharField(_("brought in from"), max_length=200, blank=True)
    content = models.JSONField()
    is_ticked = models.BooleanField(_("something to accept"), default=True)
    is_day_proposed = models.BooleanField(_("the day is only proposed"), default=False)
    reason = models.CharField(_("why it is not ticked"), max_length=300, blank=True)
    position = models.PositiveIntegerField(default=0)
    is_edited = models.BooleanField(_("changed by its owner"), default=False)
    version = models.PositiveIntegerField(default=1)
    entry = models.ForeignKey(
        Entry, on_delete=models.SET_NULL, related_name="candidates", null=True, blank=True
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entry=None) | Q(state="accepted"),
                name="only what was accepted is an entry",
            ),
        ]
        indexes = [
            models.Index(fields=["engineer", "state", "position"], name="tray_of_engineer"),
        ]

    def __str__(self) -> str:
        return str(self.content.get("fields", {}).get("title", self.pk))


class CandidatePiece(models.Model):
    """What a candidate was made of: a bullet, a commit. It comes in once."""

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="pieces")
    candidate = models.ForeignKey(Candidate, on_delete=models.CASCADE, related_name="pieces")
    key = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engineer", "key"], name="a piece comes in once"),
        ]

    def __str__(self) -> str:
        return self.key
