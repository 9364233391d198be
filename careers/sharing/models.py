"""Read-only, for people outside."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.packets.models import Snapshot
from careers.people.models import Engineer

LINK_DAYS = 30


class ShareQuerySet(models.QuerySet["Share"]):
    def live(self) -> ShareQuerySet:
        """Neither revoked nor expired, of a snapshot that is not withdrawn."""
        return self.filter(
            revoked_at=None,
            expires_at__gt=timezone.now(),
            snapshot__withdrawn_at=None,
            owner__is_active=True,
            snapshot__packet__engineer__is_active=True,
        )


class Share(models.Model):
    """A link to one snapshot for one named recipient; only the token's hash is stored."""

    owner = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="shares")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="shares")
    recipient = models.CharField(_("for whom"), max_length=160)
    token_sha256 = models.CharField(max_length=64, unique=True)
    token_hint = models.CharField(max_length=6, help_text=_("The token's first letters."))
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    objects = ShareQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(recipient=""), name="a share names its recipient"),
        ]

    def __str__(self) -> str:
        return f"{self.snapshot}, {self.recipient}"


class Visit(models.Model):
    """Somebody opened a share, or took its PDF."""

    class Kind(models.TextChoices):
        PAGE = "page", _("opened")
        PDF = "pdf", _("took the PDF")

    share = models.ForeignKey(Share, on_delete=models.CASCADE, related_name="visits")
    kind = models.CharField(max_length=4, choices=Kind)
    happened_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return f"{self.share}, {self.happened_at}"
