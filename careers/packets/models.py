"""The case for promotion."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.journal.countable import WINDOW_MONTHS, Window, default_window
from careers.journal.models import Project
from careers.ladders.models import Criterion, Level
from careers.people.models import Engineer


class PacketQuerySet(models.QuerySet["Packet"]):
    def readable_by(self, engineer: Engineer) -> PacketQuerySet:
        """Whom it is about and who writes it; everybody else reads a share."""
        return self.filter(Q(engineer=engineer) | Q(written_by=engineer)).distinct()


class Packet(models.Model):
    """A draft that is written until it is frozen, and after that until it is frozen again.

    A window date that is empty follows the day: see `window`.
    """

    class Paper(models.TextChoices):
        A4 = "a4", _("A4")
        LETTER = "letter", _("US Letter")

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="packets")
    engineer_name = models.CharField(_("name in the packet"), max_length=160)
    written_by = models.ForeignKey(
        Engineer, on_delete=models.SET_NULL, related_name="packets_written", null=True
    )
    written_by_name = models.CharField(_("written by"), max_length=160)
    title = models.CharField(_("title"), max_length=160)
    from_level = models.ForeignKey(
        Level, on_delete=models.RESTRICT, related_name="packets_from", null=True, blank=True
    )
    target_level = models.ForeignKey(Level, on_delete=models.RESTRICT, related_name="packets")
    window_start_on = models.DateField(_("from"), null=True, blank=True)
    window_end_on = models.DateField(_("to"), null=True, blank=True)
    paper = models.CharField(_("paper"), max_length=8, choices=Paper, default=Paper.A4)
    thesis = models.TextField(_("thesis"), blank=True, max_length=600)
    case = models.TextField(_("the case"), blank=True, max_length=6_000)
    headline_results = models.JSONField(
        default=list, blank=True, help_text=_("Up to three of {number, text}.")
    )
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = PacketQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(window_start_on=None)
                | Q(window_end_on=None)
                | Q(window_start_on__lte=F("window_end_on")),
                name="a packet's window does not end before it starts",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def window(self, today: dt.date) -> Window:
        """Its window on that day: an end nobody fixed is that day, a start follows the end."""
        end = self.window_end_on or max(today, self.window_start_on or today)
        months = self.target_level.ladder.rules.get("window_months", WINDOW_MONTHS)
        return Window(self.window_start_on or default_window(end, months).start, end)


class Highlight(models.Model):
    """A project told in short, ranked."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="highlights")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="highlights")
    rank = models.PositiveSmallIntegerField()
    problem = models.TextField(_("the problem, and the cost of doing nothing"), blank=True)
    did = models.TextField(_("what I did and decided"), blank=True)
    result = models.TextField(_("the result"), blank=True)
    mine = models.TextField(_("what was mine and what was others'"), blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["packet", "project"], name="a project is highlighted once"
            ),
            models.CheckConstraint(
                condition=Q(rank__range=(1, 5)), name="a packet has at most five highlights"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}. {self.project}"


class CriterionNote(models.Model):
    """What a packet says of a criterion, or why it sets it aside."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="criterion_notes")
    criterion = models.ForeignKey(Criterion, on_delete=models.RESTRICT, related_name="packet_notes")
    note = models.TextField(blank=True, max_length=2_000)
    not_applicable_reason = models.TextField(blank=True, max_length=1_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["packet", "criterion"], name="a packet notes a criterion once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.criterion)


class GrowthArea(models.Model):
    """A gap that its owner names, and what they do about it."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="growth_areas")
    gap = models.TextField(_("gap"), max_length=1_000)
    action = models.TextField(_("what I do about it"), blank=True, max_length=1_000)
    position = models.PositiveSmallIntegerField()

    def __str__(self) -> str:
        return self.gap


class PacketRevision(models.Model):
    """The whole of a draft as one save left it; the same two promises as journal.Revision."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    operation_id = models.UUIDField(null=True, blank=True)
    content = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["packet", "number"], name="a draft is saved once"),
            models.UniqueConstraint(
                fields=["packet", "operation_id"], name="a draft's operation happens once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.packet_id}, {self.number}"


class Snapshot(models.Model):
    """A frozen packet: the canonical JSON of everything shown, and its SHA-256. Never edited."""

    packet = models.ForeignKey(Packet, on_delete=models.CASCADE, related_name="snapshots")
    number = models.PositiveIntegerField()
    content = models.TextField(help_text=_("Canonical JSON; what is hashed."))
    sha256 = models.CharField(max_length=64, db_index=True)
    paper = models.CharField(max_length=8, choices=Packet.Paper)
    frozen_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["packet", "number"], name="a snapshot has one number"),
        ]

    def __str__(self) -> str:
        return f"{self.packet}, {self.number}"

    @property
    def short_hash(self) -> str:
        return self.sha256[:12]


class Rendering(models.Model):
    """The PDF of a snapshot for one release, paper and recipient.

    `lease_until` is how long its child process may take; after that whoever asks next starts it
    again. `sha256` outlives the bytes, so that /verify/ knows older PDFs.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("failed")

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="renderings")
    release = models.CharField(max_length=32)
    paper = models.CharField(max_length=8, choices=Packet.Paper)
    recipient = models.CharField(max_length=160, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    pdf = models.BinaryField(null=True, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, db_index=True)
    problem = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["snapshot", "release", "paper", "recipient"],
                name="a snapshot is rendered once for each release, paper and recipient",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot}, {self.paper}"
