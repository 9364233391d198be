"""The brag document."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from careers.journal import countable
from careers.ladders.models import Criterion
from careers.people.models import Engineer

TRASH_DAYS = 30
MOST_DIGITS = 15
EARLIEST = dt.date(1970, 1, 1)  # before that nobody wrote a brag document


class Week(models.Model):
    """A week of which something was said besides its entries: that it was quiet, a note."""

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="weeks")
    monday = models.DateField()
    is_quiet = models.BooleanField(default=False)
    note = models.TextField(blank=True, max_length=5_000)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engineer", "monday"], name="a week has one row"),
        ]

    def __str__(self) -> str:
        return f"{self.monday:%G-W%V}"


class Project(models.Model):
    """What counts as one example, however many entries it has."""

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="projects")
    title = models.CharField(_("title"), max_length=160)
    summary = models.TextField(_("summary"), blank=True, max_length=5_000)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["engineer", "title"], name="a project has one title"),
        ]

    def __str__(self) -> str:
        return self.title


class EntryQuerySet(models.QuerySet["Entry"]):
    def live(self) -> EntryQuerySet:
        """Not in the trash."""
        return self.filter(deleted_at=None)

    def trashed(self) -> EntryQuerySet:
        return self.exclude(deleted_at=None)

    def within(self, window: countable.Window) -> EntryQuerySet:
        return self.filter(happened_on__range=(window.start, window.end))

    def newest_first(self) -> EntryQuerySet:
        return self.order_by("-happened_on", "-pk")

    def lacking(self, lack: str) -> EntryQuerySet:
        """Entries that lack `lack`, one of countable.Lack but outside, or one of four words.

        untagged, no_longer_asked (evidence for a criterion that an edition dropped), unmeasured,
        anything.
        """
        match lack:
            case countable.Lack.PRIVATE:
                return self.filter(visibility=Entry.Visibility.PRIVATE)
            case countable.Lack.IN_PROGRESS:
                return self.filter(status=Entry.Status.IN_PROGRESS)
            case countable.Lack.NO_OUTCOME:
                return self.filter(outcome="")
            case countable.Lack.NO_ROLE:
                return self.filter(role="")
            case "untagged":
                return self.filter(~Exists(Evidence.objects.filter(entry=OuterRef("pk"))))
            case "no_longer_asked":
                dropped = Evidence.objects.filter(criterion__is_retired=True)
                return self.filter(Exists(dropped.filter(entry=OuterRef("pk"))))
            case "unmeasured":
                complete = Metric.objects.complete()
                return self.filter(~Exists(complete.filter(entry=OuterRef("pk"))))
            case "anything":
                return self.filter(
                    Q(visibility=Entry.Visibility.PRIVATE)
                    | Q(status=Entry.Status.IN_PROGRESS)
                    | Q(outcome="")
                    | Q(role="")
                )
            case _:
                raise ValueError(f"{lack!r} is nothing that an entry lacks")


class Entry(models.Model):
    """One accomplishment on one day."""

    class Kind(models.TextChoices):
        SHIPPED = "shipped", _("Shipped")
        FIXED = "fixed", _("Fixed")
        DESIGN = "design", _("Design")
        DECISION = "decision", _("Decision")
        INCIDENT = "incident", _("Incident")
        MENTORING = "mentoring", _("Mentoring")
        GLUE = "glue", _("Glue")
        OPERATIONS = "operations", _("Operations")
        LEARNING = "learning", _("Learning")
        RECOGNITION = "recognition", _("Recognition")
        HIRING = "hiring", _("Hiring")
        EXTERNAL = "external", _("External")
        PREVENTED = "prevented", _("Prevented")

    class Role(models.TextChoices):
        LED = "led", _("Led")
        CO_LED = "co_led", _("Co-led")
        CONTRIBUTED = "contributed", _("Contributed")
        SUPPORTED = "supported", _("Supported")

    class Reach(models.TextChoices):
        SELF = "self", _("Myself")
        TEAM = "team", _("My team")
        SEVERAL_TEAMS = "several_teams", _("Several teams")
        ORGANISATION = "organisation", _("The organisation")
        COMPANY = "company", _("The company")
        INDUSTRY = "industry", _("The industry")

    class Status(models.TextChoices):
        SHIPPED = "shipped", _("Shipped")
        IN_PROGRESS = "in_progress", _("In progress")
        OUTCOME_KNOWN = "outcome_known", _("Outcome known")
        DROPPED = "dropped", _("Dropped, with a lesson")

    class Visibility(models.TextChoices):
        SHAREABLE = "shareable", _("May go into my packets")
        PRIVATE = "private", _("Private, never leaves my journal")

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="entries")
    project = models.ForeignKey(
        Project, on_delete=models.SET_NULL, related_name="entries", null=True, blank=True
    )
    happened_on = models.DateField(_("date"))
    title = models.CharField(_("what you did"), max_length=300)
    what = models.TextField(_("details"), blank=True, max_length=20_000)
    outcome = models.TextField(_("why it mattered"), blank=True, max_length=5_000)
    kind = models.CharField(_("kind"), max_length=16, choices=Kind, default=Kind.SHIPPED)
    role = models.CharField(_("my role"), max_length=16, choices=Role, blank=True)
    reach = models.CharField(_("reach"), max_length=16, choices=Reach, default=Reach.TEAM)
    status = models.CharField(_("status"), max_length=16, choices=Status, default=Status.SHIPPED)
    visibility = models.CharField(
        _("visibility"), max_length=16, choices=Visibility, default=Visibility.SHAREABLE
    )
    collaborators = models.CharField(_("with"), max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    deleted_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = _("entries")
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="an entry says what was done"),
            models.CheckConstraint(
                condition=Q(happened_on__range=(EARLIEST, dt.date(2199, 12, 31))),
                name="an entry happened in a working life",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="versions count from one"),
        ]
        indexes = [
            models.Index(fields=["engineer", "-happened_on", "-id"], name="journal_of_engineer"),
            models.Index(fields=["project", "-happened_on"], name="entries_of_project"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_private(self) -> bool:
        return self.visibility == self.Visibility.PRIVATE

    @property
    def monday(self) -> dt.date:
        """The Monday of its ISO week."""
        return self.happened_on - dt.timedelta(days=self.happened_on.weekday())

    def lacks(self, window: countable.Window) -> tuple[countable.Lack, ...]:
        """What it still lacks to count in `window`; empty when it counts."""
        return countable.lacks(self.facts(), window)

    def facts(self, measure: countable.Measure = countable.Measure.NONE) -> countable.EntryFacts:
        """What the rules of evidence read; `measure` comes from the rows of its metrics."""
        return countable.EntryFacts(
            id=self.pk,
            project=self.project_id,
            happened_on=self.happened_on,
            is_deleted=self.deleted_at is not None,
            is_shareable=not self.is_private,
            status=self.status,
            has_outcome=bool(self.outcome.strip()),
            role=self.role,
            kind=self.kind,
            reach=self.reach,
            measure=measure,
        )


class MetricQuerySet(models.QuerySet["Metric"]):
    def complete(self) -> MetricQuerySet:
        """What countable.measure_of calls complete, said to the database."""
        has_base = Q(before__isnull=False) | (Q(is_new=True) & ~Q(for_whom=""))
        return self.filter(has_base, after__isnull=False).exclude(unit="")


def check_digits(number: Decimal) -> None:
    """SQLite keeps fifteen digits; a longer number would come back as another, or not at all."""
    if len("".join(map(str, number.as_tuple().digits)).strip("0")) > MOST_DIGITS:
        raise ValidationError(_("Write at most 15 digits; a larger unit needs fewer."))


class Metric(models.Model):
    """A number of an entry: before and after, or something new and for whom."""

    class Better(models.TextChoices):
        LOWER = "lower", _("Lower is better")
        HIGHER = "higher", _("Higher is better")

    class Basis(models.TextChoices):
        MEASURED = "measured", _("Measured")
        ESTIMATED = "estimated", _("Estimated")

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="metrics")
    name = models.CharField(_("name"), max_length=160)
    before = models.DecimalField(
        _("before"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[check_digits],
    )
    after = models.DecimalField(
        _("after"),
        max_digits=20,
        decimal_places=6,
        null=True,
        blank=True,
        validators=[check_digits],
    )
    unit = models.CharField(_("unit"), max_length=40, blank=True)
    better = models.CharField(_("better"), max_length=8, choices=Better, default=Better.LOWER)
    basis = models.CharField(_("basis"), max_length=16, choices=Basis)
    is_new = models.BooleanField(_("new, nothing before"), default=False)
    for_whom = models.CharField(_("for whom"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = MetricQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_new=False) | Q(before=None), name="something new has no before"
            ),
            models.CheckConstraint(
                condition=Q(basis__in=["measured", "estimated"]),
                name="a number is measured or estimated",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def facts(self) -> countable.MetricFacts:
        return countable.MetricFacts(
            before=self.before,
            after=self.after,
            unit=self.unit,
            basis=self.basis,
            is_new=self.is_new,
            for_whom=self.for_whom,
        )

    @property
    def change(self) -> Decimal | None:
        """Per cent from before to after; None without a base."""
        if self.before is None or self.after is None:
            return None
        return countable.change_of(self.before, self.after)

    @property
    def arithmetic(self) -> str:
        """The number as a page says it: "800 → 200 ms: −75 %"; "" when there is nothing to say."""
        if self.after is None or (self.before is None and not self.is_new):
            return ""
        after = f"{countable.plain(self.after)} {self.unit}".strip()
        if self.before is None:
            return f"{after}, {self.for_whom}" if self.for_whom else after
        text = f"{countable.plain(self.before)} → {after}"
        if self.change is None:
            return _("%(numbers)s; no percentage without a base") % {"numbers": text}
        sign = "+" if self.change > 0 else "−" if self.change < 0 else "±"
        digits = 1 if abs(self.change) < 10 else 0
        return f"{text}: {sign}{abs(self.change):.{digits}f} %"


class EntryLink(models.Model):
    """Where somebody can see for themselves."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="links")
    url = models.CharField(
        _("address"), max_length=2_000, validators=[URLValidator(schemes=["http", "https"])]
    )
    label = models.CharField(_("label"), max_length=160, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.label or self.url


class Evidence(models.Model):
    """An entry that supports a criterion."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="evidence")
    criterion = models.ForeignKey(Criterion, on_delete=models.RESTRICT, related_name="evidence")
    is_primary = models.BooleanField(default=True)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name_plural = _("evidence")
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "criterion"], name="an entry supports a criterion once"
            ),
        ]
        indexes = [models.Index(fields=["criterion", "entry"], name="evidence_of_criterion")]

    def __str__(self) -> str:
        return f"{self.entry} → {self.criterion}"


class Revision(models.Model):
    """The whole of an entry as one save left it.

    (entry, number) is unique, so that two saves of one version cannot both succeed, and so is
    (engineer, operation_id), so that a save that is sent twice happens once.
    """

    engineer = models.ForeignKey(Engineer, on_delete=models.CASCADE, related_name="revisions")
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    operation_id = models.UUIDField(null=True, blank=True)
    content = models.JSONField()
    saved_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "number"], name="a version is saved once"),
            models.UniqueConstraint(
                fields=["engineer", "operation_id"], name="an operation happens once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id}, {self.number}"
