"""Who is here."""

from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.exceptions import ValidationError
from django.core.validators import ProhibitNullCharactersValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


def validate_time_zone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


class EngineerManager(BaseUserManager["Engineer"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Engineer:
        """A saved engineer; without a password nobody can sign in as them."""
        if not email:
            raise ValueError("An engineer needs an e-mail address.")
        engineer = self.model(email=self.normalize_email(email).lower(), **fields)
        engineer.set_password(password)
        engineer.save(using=self._db)
        return engineer

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Engineer:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> Engineer:
        return self.get(email__iexact=username)


class Engineer(AbstractBaseUser, PermissionsMixin):
    """One person with a journal of their own; the e-mail address is the login."""

    class LogDay(models.IntegerChoices):
        MONDAY = 1, _("Monday")
        TUESDAY = 2, _("Tuesday")
        WEDNESDAY = 3, _("Wednesday")
        THURSDAY = 4, _("Thursday")
        FRIDAY = 5, _("Friday")
        SATURDAY = 6, _("Saturday")
        SUNDAY = 7, _("Sunday")

    email = models.EmailField(_("e-mail"), max_length=254, unique=True)
    name = models.CharField(
        _("name"), max_length=120, validators=[ProhibitNullCharactersValidator()]
    )
    team = models.CharField(
        _("team"), max_length=120, blank=True, validators=[ProhibitNullCharactersValidator()]
    )
    manager = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        related_name="reports",
        null=True,
        blank=True,
        verbose_name=_("manager"),
    )
    time_zone = models.CharField(
        _("time zone"), max_length=64, default="UTC", validators=[validate_time_zone]
    )
    log_day = models.PositiveSmallIntegerField(
        _("day to write"), choices=LogDay, default=LogDay.FRIDAY
    )
    has_single_keys = models.BooleanField(
        _("single keys"),
        default=True,
        help_text=_("n writes an entry, / searches, ? lists the keys."),
    )
    is_staff = models.BooleanField(_("may enter the administration"), default=False)
    is_active = models.BooleanField(_("may sign in"), default=True)
    joined_at = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = EngineerManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("engineer")
        verbose_name_plural = _("engineers")
        constraints = [
            models.UniqueConstraint(Lower("email"), name="an e-mail address has one engineer"),
            models.CheckConstraint(
                condition=models.Q(log_day__range=(1, 7)), name="the day to write is a weekday"
            ),
            models.CheckConstraint(
                condition=~models.Q(manager=models.F("pk")), name="nobody is their own manager"
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0] if self.name else self.email

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.time_zone)

    def today(self) -> dt.date:
        """The day it is where this person is."""
        return timezone.localdate(timezone=self.zone)
