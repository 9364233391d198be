"""Words of others."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from careers.journal.models import Entry, Project
from careers.ladders.models import Criterion
from careers.people.models import Engineer


class Quote(models.Model):
    """What somebody said of an entry or a project, recorded by its owner."""

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="quotes")
    author = models.CharField(_("who said it"), max_length=160)
    relation = models.CharField(
        _("relation"),
        max_length=160,
        help_text=_("Such as: staff engineer of the team that uses it."),
    )
    said_on = models.DateField(_("when"))
    text = models.TextField(_("their words"), max_length=2_000)
    entry = models.ForeignKey(
        Entry, on_delete=models.CASCADE, related_name="quotes", null=True, blank=True
    )
    project = models.ForeignKey(
        Project, on_delete=models.CASCADE, related_name="quotes", null=True, blank=True
    )
    criteria = models.ManyToManyField(Criterion, related_name="quotes", blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(entry=None) ^ Q(project=None),
                name="a quote is about an entry or a project",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.author}, {self.said_on}"
