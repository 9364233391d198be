"""What each level expects.

A ladder is a document; publishing it freezes an Edition and brings these rows to its state. Level
(code) and Criterion (key) are identities: evidence, placements and targets point at them and
survive rewording; what an edition drops is retired, never deleted.
"""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from careers.people.models import Engineer

code_validator = RegexValidator(r"\A[A-Za-z0-9-]+\Z", _("Letters, digits and hyphens only."))
key_validator = RegexValidator(r"\A[a-z0-9-]+\Z", _("Small letters, digits and hyphens only."))


class LadderQuerySet(models.QuerySet["Ladder"]):
    def readable_by(self, engineer: Engineer) -> LadderQuerySet:
        """Everybody's ladders and the private ones of `engineer`, by name."""
        return self.filter(Q(owner=None) | Q(owner=engineer)).order_by("name", "pk")


class Ladder(models.Model):
    slug = models.SlugField(max_length=64, unique=True)
    name = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    owner = models.ForeignKey(
        Engineer,
        on_delete=models.CASCADE,
        related_name="private_ladders",
        null=True,
        blank=True,
        help_text=_("A private ladder is seen by this person alone."),
    )
    rules = models.JSONField(
        default=dict, blank=True, help_text=_("Numbers of coverage that differ from the default.")
    )
    is_builtin = models.BooleanField(default=False)

    objects = LadderQuerySet.as_manager()

    class Meta:
        permissions = [("publish_ladder", _("Ladder owner: publishes ladders for everybody"))]
        constraints = [
            models.CheckConstraint(
                condition=~Q(slug="mine"), name="mine is an address, not a ladder"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Edition(models.Model):
    """A published state of a ladder; never changed."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="editions")
    number = models.PositiveIntegerField()
    document = models.TextField(help_text=_("Canonical JSON."))
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ladder", "number"], name="an edition has one number"),
        ]

    def __str__(self) -> str:
        return f"{self.ladder}, {self.number}"


class Track(models.Model):
    """One way up a ladder: individual contributor, management."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="tracks")
    key = models.CharField(max_length=64, validators=[key_validator])
    name = models.CharField(max_length=160)
    summary = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ladder", "key"], name="a track has one key"),
        ]

    def __str__(self) -> str:
        return self.name


class Dimension(models.Model):
    """A kind of expectation that runs through the levels of a track."""

    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="dimensions")
    key = models.CharField(max_length=64, validators=[key_validator])
    name = models.CharField(max_length=160)
    position = models.PositiveIntegerField()
    is_retired = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["track", "key"], name="a dimension has one key"),
        ]

    def __str__(self) -> str:
        return self.name


class LevelQuerySet(models.QuerySet["Level"]):
    def readable_by(self, engineer: Engineer) -> LevelQuerySet:
        """Levels in force of ladders that `engineer` may read, in the order of their ladders."""
        return (
            self.filter(Q(ladder__owner=None) | Q(ladder__owner=engineer), is_retired=False)
            .select_related("ladder", "track")
            .order_by("ladder__name", "ladder_id", "track__position", "position", "pk")
        )


class Level(models.Model):
    class Rank(models.TextChoices):
        """Compares levels across ladders; empty for managers."""

        JUNIOR = "junior", _("Junior")
        MID = "mid", _("Mid-level")
        SENIOR = "senior", _("Senior")
        STAFF = "staff", _("Staff")
        PRINCIPAL = "principal", _("Principal")
        DISTINGUISHED = "distinguished", _("Distinguished")

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="levels")
    track = models.ForeignKey(Track, on_delete=models.CASCADE, related_name="levels")
    code = models.CharField(max_length=32, validators=[code_validator])
    label = models.CharField(max_length=64)
    title = models.CharField(max_length=160)
    rank = models.CharField(max_length=16, choices=Rank, blank=True)
    years = models.CharField(max_length=80, blank=True)
    scope = models.TextField(blank=True)
    position = models.PositiveIntegerField()
    is_terminal = models.BooleanField(default=False)
    is_retired = models.BooleanField(default=False)

    objects = LevelQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["ladder", "code"], name="a level has one code"),
            models.CheckConstraint(
                condition=Q(
                    rank__in=["", "junior", "mid", "senior", "staff", "principal", "distinguished"]
                ),
                name="a rank is one of the six or empty",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}, {self.title}"


class CriterionQuerySet(models.QuerySet["Criterion"]):
    def of_levels(self, *levels: Level | None) -> CriterionQuerySet:
        """Criteria in force of these levels, the highest first, each in the ladder's order."""
        wanted = [level.pk for level in levels if level is not None]
        return (
            self.filter(level_id__in=wanted, is_retired=False)
            .select_related("dimension", "level")
            .order_by("-level__position", "level_id", "dimension__position", "position", "pk")
        )

    def readable_by(self, engineer: Engineer) -> CriterionQuerySet:
        return self.filter(Q(ladder__owner=None) | Q(ladder__owner=engineer))


class Criterion(models.Model):
    """One observable thing that a level expects."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="criteria")
    level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="criteria")
    dimension = models.ForeignKey(Dimension, on_delete=models.CASCADE, related_name="criteria")
    key = models.CharField(max_length=80, validators=[key_validator])
    text = models.TextField()
    is_required = models.BooleanField(default=True)
    lamps = models.JSONField(
        null=True,
        blank=True,
        help_text=_("The lamps it asks for; empty asks for those of its rank."),
    )
    keywords = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField()
    reworded_at = models.DateTimeField(null=True, blank=True)
    is_retired = models.BooleanField(default=False)

    objects = CriterionQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("criteria")
        constraints = [
            models.UniqueConstraint(fields=["ladder", "key"], name="a criterion has one key"),
        ]
        indexes = [models.Index(fields=["level", "position"], name="criteria_of_level")]

    def __str__(self) -> str:
        return self.text


class Transition(models.Model):
    """From one level to another: how long it usually takes and what it asks for."""

    from_level = models.ForeignKey(
        Level, on_delete=models.CASCADE, related_name="transitions_onward"
    )
    to_level = models.ForeignKey(Level, on_delete=models.CASCADE, related_name="transitions_here")
    min_months = models.PositiveSmallIntegerField(null=True, blank=True)
    max_months = models.PositiveSmallIntegerField(null=True, blank=True)
    is_open_ended = models.BooleanField(default=False)
    conditions = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["from_level", "to_level"], name="two levels have one transition"
            ),
            models.CheckConstraint(
                condition=~Q(from_level=F("to_level")), name="a transition changes the level"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_level} → {self.to_level}"


class Guidance(models.Model):
    """What a ladder says besides its criteria: typical projects, archetypes, principles."""

    ladder = models.ForeignKey(Ladder, on_delete=models.CASCADE, related_name="guidance")
    level = models.ForeignKey(
        Level, on_delete=models.CASCADE, related_name="guidance", null=True, blank=True
    )
    kind = models.CharField(max_length=32)
    title = models.CharField(max_length=160, blank=True)
    text = models.TextField()
    position = models.PositiveIntegerField()

    class Meta:
        verbose_name_plural = _("guidance")
        indexes = [models.Index(fields=["ladder", "position"], name="guidance_of_ladder")]

    def __str__(self) -> str:
        return self.title or self.text


class PlacementQuerySet(models.QuerySet["Placement"]):
    def newest_first(self) -> PlacementQuerySet:
        """The one held now comes first."""
        return self.select_related("level__ladder").order_by("-since_on", "-pk")


class Placement(models.Model):
    """The level an engineer holds, since when, at which employer."""

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="placements")
    level = models.ForeignKey(Level, on_delete=models.RESTRICT, related_name="placements")
    since_on = models.DateField(_("since"))
    employer = models.CharField(_("employer"), max_length=160, blank=True)

    objects = PlacementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["engineer", "since_on"], name="one level is taken up on one day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.level}, {self.since_on}"


class Target(models.Model):
    """The level an engineer aims for."""

    engineer = models.OneToOneField(Engineer, on_delete=models.CASCADE, related_name="target")
    level = models.ForeignKey(Level, on_delete=models.RESTRICT, related_name="targets")
    set_on = models.DateField()

    def __str__(self) -> str:
        return str(self.level)
