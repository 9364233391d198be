"""Maya with a journal in which every text is one word that stands nowhere else, and three others.

Tomas is her manager, Sam knows neither of them and keeps a journal of his own, the administrator
keeps none. The ladder `small` is everybody's; another, with Maya's words in it, is hers alone.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from allauth.account.internal.flows import login as allauth_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.validators import URLValidator
from django.db import models
from django.test import Client
from django.utils import timezone

from careers.feedback.models import Quote
from careers.journal.content import contents_of
from careers.journal.models import Candidate, Entry, Project
from careers.ladders.models import Criterion, Ladder, Level, Placement
from careers.packets.actions import create_packet, freeze_packet
from careers.packets.models import CriterionNote, GrowthArea, Highlight, Packet, Rendering, Snapshot
from careers.people.models import Engineer
from careers.sharing.actions import create_share
from careers.sharing.models import Share
from tests.addresses import is_ours, routes
from tests.factories import (
    FRIDAY,
    CandidateFactory,
    EngineerFactory,
    EntryFactory,
    EntryLinkFactory,
    EvidenceFactory,
    MetricFactory,
    PlacementFactory,
    ProjectFactory,
    RevisionFactory,
    TargetFactory,
    WeekFactory,
)
from tests.ladders.small import SMALL, changed, publish

NOON = dt.datetime.combine(FRIDAY, dt.time(12), dt.UTC)
STEM = "xyzzy"  # every word of Maya's begins with it
PRIVATE = changed(("slug: small", "slug: mayas-own"))
# What a browser answers when it makes a passkey; this one opens nothing anywhere.
CREDENTIAL: dict[str, Any] = {
    "id": "aWQ",
    "rawId": "aWQ",
    "type": "public-key",
    "clientExtensionResults": {"credProps": {"rk": True}},
    "response": {
        "clientDataJSON": "eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIiwiY2hhbGxlbmdlIjoiIiwib3JpZ2luIjoiIn0",
        "attestationObject": (
            "o2NmbXRkbm9uZWdhdHRTdG10oGhhdXRoRGF0YViGSZYN5YgOjGh0NBcPZHZgW4_krrmihjLHmVzzuoMdl2NB"
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAmlkpQECAyYgASFYIGsX0fLhLEJH-Lzm5WOkQPJ3A32BLeszoPShOUXY"
            "mMKWIlggT-NC4v4af5uO5-tKfA-eFivOM1drMV7Oy7ZAaDe_UfU"
        ),
    },
}


@dataclass
class World:
    maya: Engineer = field(default_factory=lambda: make_engineer("maya", name="Maya"))
    tomas: Engineer = field(default_factory=lambda: make_engineer("tomas", name="Tomas"))
    sam: Engineer = field(default_factory=lambda: make_engineer("sam", name="Sam"))
    admin: Engineer = field(
        default_factory=lambda: make_engineer(
            "admin", name="Admin", is_staff=True, is_superuser=True
        )
    )
    words: dict[str, str] = field(default_factory=dict)  # from Maya's words to their fields

    entry: Entry = field(init=False)
    private_entry: Entry = field(init=False)
    bare_entry: Entry = field(init=False)
    trashed_entry: Entry = field(init=False)
    project: Project = field(init=False)
    candidate: Candidate = field(init=False)
    dismissed: Candidate = field(init=False)
    placement: Placement = field(init=False)
    passkey: Authenticator = field(init=False)
    packet: Packet = field(init=False)
    snapshot: Snapshot = field(init=False)
    quote: Quote = field(init=False)
    share: Share = field(init=False)
    private_ladder: Ladder = field(init=False)
    private_level: Level = field(init=False)
    private_criterion: Criterion = field(init=False)
    sams_entry: Entry = field(init=False)
    sams_project: Project = field(init=False)

    def __post_init__(self) -> None:
        publish(SMALL)
        publish(PRIVATE, owner=self.maya)
        self.private_ladder = Ladder.objects.get(owner=self.maya)
        self.private_level = self.private_ladder.levels.get(code="A2")
        self.private_criterion = self.private_level.criteria.get(key="designs")
        Engineer.objects.filter(pk=self.maya.pk).update(manager=self.tomas)
        self._keep_mayas_journal()
        self._write_mayas_packet()
        self._keep_sams_journal()
        self.words = plant(self.maya)
        for row in vars(self).values():
            if isinstance(row, models.Model):
                row.refresh_from_db()

    def _keep_mayas_journal(self) -> None:
        levels = {level.code: level for level in Level.objects.filter(ladder__slug="small")}
        self.placement = PlacementFactory.create(engineer=self.maya, level=levels["A1"])
        TargetFactory.create(engineer=self.maya, level=levels["A2"])
        WeekFactory.create(engineer=self.maya, note="later a word")
        self.project = ProjectFactory.create(engineer=self.maya, summary="later a word")
        self.entry = EntryFactory.create(project=self.project, counted=True)
        MetricFactory.create(entry=self.entry, for_whom="later a word")
        EntryLinkFactory.create(entry=self.entry, label="later a word")
        for criterion in Criterion.objects.filter(level=levels["A2"]).order_by("pk"):
            EvidenceFactory.create(entry=self.entry, criterion=criterion, note="later a word")
        EvidenceFactory.create(
            entry=self.entry, criterion=self.private_criterion, note="later a word"
        )
        self.private_entry = EntryFactory.create(
            engineer=self.maya, visibility=Entry.Visibility.PRIVATE, outcome="later a word"
        )
        self.bare_entry = EntryFactory.create(engineer=self.maya, counted=True)
        self.trashed_entry = EntryFactory.create(engineer=self.maya, deleted_at=timezone.now())
        self.candidate = CandidateFactory.create(engineer=self.maya)
        self.dismissed = CandidateFactory.create(engineer=self.maya, state="dismissed")
        self.passkey = Authenticator.objects.create(
            user=self.maya,
            type=Authenticator.Type.WEBAUTHN,
            data={"name": "later a word", "credential": CREDENTIAL},
        )

    def _write_mayas_packet(self) -> None:
        level = Level.objects.get(ladder__slug="small", code="A2")
        self.quote = Quote.objects.create(
            engineer=self.maya,
            author="later a word",
            relation="later a word",
            said_on=FRIDAY,
            text="later a word",
            entry=self.entry,
        )
        self.packet = create_packet(
            self.maya, title="later a word", target=level, held=self.placement.level
        )
        GrowthArea.objects.create(packet=self.packet, gap="word", action="word", position=0)
        Highlight.objects.create(packet=self.packet, project=self.project, rank=1)
        criterion = level.criteria.get(key="designs")
        CriterionNote.objects.create(packet=self.packet, criterion=criterion, note="word")
        self.snapshot = freeze_packet(self.packet, today=FRIDAY, version=1)
        self.share, _token = create_share(
            self.snapshot, by=self.maya, recipient="later a word", days=30
        )

    def _keep_sams_journal(self) -> None:
        level = Level.objects.get(ladder__slug="small", code="A2")
        PlacementFactory.create(engineer=self.sam, level=level)
        TargetFactory.create(engineer=self.sam, level=level)
        self.sams_project = ProjectFactory.create(engineer=self.sam)
        self.sams_entry = EntryFactory.create(project=self.sams_project, counted=True)
        RevisionFactory.create(
            entry=self.sams_entry, content=contents_of([self.sams_entry])[self.sams_entry.pk]
        )


def make_engineer(login: str, **fields: Any) -> Engineer:
    engineer: Engineer = EngineerFactory.create(
        email=f"{login}@example.com", last_login=NOON, **fields
    )
    EmailAddress.objects.create(user=engineer, email=engineer.email, primary=True)  # as signing in
    return engineer


def sign_in(engineer: Engineer | None = None) -> Client:
    """A browser, of somebody who has just typed their password or of nobody.

    An error of ours is a page in it.
    """
    client = Client(raise_request_exception=False)
    if engineer:
        client.force_login(engineer)
        session = client.session
        session[allauth_login.AUTHENTICATION_METHODS_SESSION_KEY] = [
            {"method": "password", "at": NOON.timestamp(), "reauthenticated": True}
        ]
        session[allauth_login._AUTHENTICATION_METHODS_USER_SESSION_KEY] = str(engineer.pk)
        session.save()
    return client


def plant(maya: Engineer) -> dict[str, str]:
    """Every text of Maya's is a word of its own from now on; each word with where it stands."""
    numbers = count(1000)
    planted: dict[str, str] = {}
    for model, owner in personal_models().items():
        for row in model._default_manager.filter(**{owner: maya}).order_by("pk"):
            for column in text_fields(model):
                word = f"{STEM}{next(numbers)}"
                planted[word] = f"{model._meta.label}.{column.name} {row.pk}"
                is_url = any(isinstance(v, URLValidator) for v in column.validators)
                setattr(row, column.name, f"https://example.com/{word}" if is_url else word)
            row.save()
    passkey = Authenticator.objects.get(user=maya)
    passkey.data["name"] = word = f"{STEM}{next(numbers)}"
    passkey.save()
    planted[word] = "the name of a passkey"
    for candidate in Candidate.objects.filter(engineer=maya).order_by("pk"):
        fields = candidate.content["fields"]
        for name in ("title", "what", "outcome", "collaborators"):
            fields[name] = word = f"{STEM}{next(numbers)}"
            planted[word] = f"candidate {candidate.pk}, {name}"
        candidate.save()
    entries = list(Entry.objects.filter(engineer=maya).order_by("pk"))
    contents = contents_of(entries)
    for entry in entries:  # the history holds words that the entry holds no longer
        older = {**contents[entry.pk]["fields"]}
        for name in ("title", "what", "outcome", "collaborators"):
            older[name] = word = f"{STEM}{next(numbers)}"
            planted[word] = f"the history of entry {entry.pk}, {name}"
        for number, fields in ((1, older), (2, contents[entry.pk]["fields"])):
            RevisionFactory.create(
                entry=entry, number=number, content={**contents[entry.pk], "fields": fields}
            )
    Entry.objects.filter(engineer=maya).update(version=2)
    return planted


def personal_models() -> dict[type[models.Model], str]:
    """Every model of ours but Engineer, with the path from its rows to whose they are.

    A ladder's rows are somebody's when the ladder has an owner. A package without an address has
    nothing to show yet.
    """
    packages = {view.__module__.split(".")[1] for _path, _name, view in routes() if is_ours(view)}
    return {
        model: path_to_owner(model)
        for model in apps.get_models()
        if is_ours(model)
        and model.__module__.split(".")[1] in packages
        and model not in {Engineer, Rendering}  # in a Rendering nobody writes
    }


def path_to_owner(model: type[models.Model]) -> str:
    """As in a filter: `entry__engineer` for a metric."""
    keys = [
        column
        for column in model._meta.get_fields()
        if isinstance(column, models.ForeignKey) and not column.null
    ]
    own = [
        column.name
        for column in model._meta.get_fields()
        if isinstance(column, models.ForeignKey) and column.related_model is Engineer
    ]
    if own:
        return own[0]
    return f"{keys[0].name}__{path_to_owner(keys[0].related_model)}"


def text_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """Where somebody writes what they like: neither choices nor what a ladder's document fixes."""
    kept = {"kind", "document", "content", "sha256", "token_sha256", "token_hint", "release", "key"}
    return [
        column
        for column in model._meta.fields
        if isinstance(column, models.CharField | models.TextField)
        and not column.choices
        and column.name not in kept
    ]


def digest() -> dict[str, str]:
    """A hash of the rows of every table but the sessions, by the table's name."""
    tables = {}
    for model in apps.get_models():
        if model._meta.label != "sessions.Session":
            rows = list(model._default_manager.order_by("pk").values_list())
            tables[model._meta.label] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return tables
