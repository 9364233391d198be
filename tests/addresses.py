"""Every address of the site, for whom it is and what it answers.

test_urls.py fails for an address that the code has and this table has not, and the other way round.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.http import int_to_base36

from careers.ladders.models import Ladder, Transition

if TYPE_CHECKING:
    from tests.world import World

HUGE = 9_223_372_036_854_775_807  # the largest key that a database gives


class Who(Enum):
    PUBLIC = "whoever comes"
    SIGNED_IN = "whoever is signed in; what it shows is everybody's or one's own"
    OWNER = "whoever the object belongs to; to everybody else there is none"
    STAFF = "administrators"


@dataclass(frozen=True)
class Address:
    """`get` and `post` are what whom it is for is answered, a POST without a field; None is 405.

    `of` makes its arguments: for an OWNER's address of what is Maya's, with `unknown` in place of
    what does not exist.
    """

    name: str
    who: Who
    get: int | None = 200
    post: int | None = None
    of: Callable[[World], dict[str, Any]] = lambda world: {}
    unknown: dict[str, Any] | None = None

    def __str__(self) -> str:
        return self.name

    def path(self, world: World) -> str:
        return reverse(self.name, kwargs=self.of(world))

    def unknown_path(self, world: World) -> str:
        return reverse(self.name, kwargs=self.of(world) | (self.unknown or {}))


def entry(world: World) -> dict[str, Any]:
    return {"pk": world.entry.pk}


def bare_entry(world: World) -> dict[str, Any]:
    return {"pk": world.bare_entry.pk}


def trashed_entry(world: World) -> dict[str, Any]:
    return {"pk": world.trashed_entry.pk}


def version(world: World) -> dict[str, Any]:
    return {"pk": world.entry.pk, "number": 1}


def project(world: World) -> dict[str, Any]:
    return {"pk": world.project.pk}


def placement(world: World) -> dict[str, Any]:
    return {"pk": world.placement.pk}


def passkey(world: World) -> dict[str, Any]:
    return {"pk": world.passkey.pk}


def candidate(world: World) -> dict[str, Any]:
    return {"pk": world.candidate.pk}


def dismissed(world: World) -> dict[str, Any]:
    return {"pk": world.dismissed.pk}


def week(world: World) -> dict[str, Any]:
    return {"monday": world.entry.monday}


def private_ladder(world: World) -> dict[str, Any]:
    return {"slug": world.private_ladder.slug}


def private_edition(world: World) -> dict[str, Any]:
    return {"slug": world.private_ladder.slug, "number": 1}


def private_level(world: World) -> dict[str, Any]:
    return {"slug": world.private_ladder.slug, "code": world.private_level.code}


def private_step(world: World) -> dict[str, Any]:
    step = Transition.objects.get(from_level__ladder=world.private_ladder)
    codes = {"from_code": step.from_level.code, "to_code": step.to_level.code}
    return {"slug": world.private_ladder.slug, **codes}


def engineer(world: World) -> dict[str, Any]:
    return {"object_id": str(world.maya.pk)}


def ladder(world: World) -> dict[str, Any]:
    return {"object_id": str(Ladder.objects.get(slug="small").pk)}


def entry_as_content(world: World) -> dict[str, Any]:
    """Where the admin would lead to the page of any row, had its model such an address."""
    kind = ContentType.objects.get_for_model(world.entry)
    return {"content_type_id": str(kind.pk), "object_id": str(world.entry.pk)}


def packet(world: World) -> dict[str, Any]:
    return {"pk": world.packet.pk}


def draft_version(world: World) -> dict[str, Any]:
    return {"pk": world.packet.pk, "number": 1}


def snapshot(world: World) -> dict[str, Any]:
    return {"pk": world.packet.pk, "number": world.snapshot.number}


def quote(world: World) -> dict[str, Any]:
    return {"pk": world.quote.pk}


def share(world: World) -> dict[str, Any]:
    return {"pk": world.share.pk}


def unknown_token(world: World) -> dict[str, Any]:
    return {"token": "unheard-of"}


def reset_key(world: World) -> dict[str, Any]:
    return {"uidb36": int_to_base36(world.maya.pk), "key": "unheard-of"}


P, S, O, A = Who.PUBLIC, Who.SIGNED_IN, Who.OWNER, Who.STAFF  # noqa: E741 a table is read by columns
NO_KEY = {"pk": HUGE}
NO_LADDER = {"slug": "nobodys"}
NO_OBJECT = {"object_id": str(HUGE)}
NO_ID = {"id": HUGE}

OURS = [
    # address, who; a GET; a POST without a field; its arguments, and those of nothing
    Address("home", S, 200, 200),
    Address("journal:entry_list", S, 200, None),
    Address("journal:entry_create", S, None, 422),
    Address("journal:entry_bulk_update", S, None, 422),
    Address("journal:entry_detail", O, 200, 422, entry, NO_KEY),
    Address("journal:entry_row", O, 200, None, entry, NO_KEY),
    Address("journal:entry_edit", O, 302, 422, entry, NO_KEY),
    Address("journal:entry_trash", O, None, 302, entry, NO_KEY),
    Address("journal:entry_restore", O, None, 302, trashed_entry, NO_KEY),
    Address("journal:entry_own_project", O, None, 302, bare_entry, NO_KEY),
    Address("journal:entry_history", O, 200, None, entry, NO_KEY),
    Address("journal:revision_restore", O, None, 302, version, NO_KEY),
    Address("journal:evidence_carry", S, 200, 422),
    Address("journal:trash", S, 200, None),
    Address("journal:journal_export", S, 200, None, lambda w: {"ending": "md"}),
    Address("journal:tray_list", S, 200, None),
    Address("journal:tray_preview", S, None, 422),
    Address("journal:tray_fill", S, None, 422),
    Address("journal:tray_bulk", S, None, 422),
    Address("journal:candidate_detail", O, 200, 422, candidate, NO_KEY),
    Address("journal:candidate_row", O, 200, None, candidate, NO_KEY),
    Address("journal:candidate_accept", O, None, 302, candidate, NO_KEY),
    Address("journal:candidate_dismiss", O, None, 302, candidate, NO_KEY),
    Address("journal:candidate_restore", O, None, 302, dismissed, NO_KEY),
    Address("journal:candidate_split", O, None, 422, candidate, NO_KEY),
    Address("journal:candidate_tag", O, None, 302, candidate, NO_KEY),
    Address("journal:week_detail", S, 200, 302, week),
    Address("journal:week_quiet", S, None, 302, week),
    Address("journal:project_list", S, 200, None),
    Address("journal:project_detail", O, 200, 422, project, NO_KEY),
    Address("journal:project_delete", O, None, 302, project, NO_KEY),
    Address("ladders:ladder_list", S, 200, None),
    Address("ladders:placement_edit", S, 200, 422),
    Address("ladders:placement_delete", O, None, 302, placement, NO_KEY),
    Address("ladders:ladder_detail", O, 200, None, private_ladder, NO_LADDER),
    Address("ladders:ladder_publish", S, 200, 422),
    Address("ladders:ladder_delete", O, 200, 409, private_ladder, NO_LADDER),
    Address("ladders:edition_list", O, 200, None, private_ladder, NO_LADDER),
    Address("ladders:edition_detail", O, 200, None, private_edition, NO_LADDER),
    Address("ladders:ladder_export", O, 200, None, private_ladder, NO_LADDER),
    Address("ladders:edition_export", O, 200, None, private_edition, NO_LADDER),
    Address("ladders:level_detail", O, 200, None, private_level, NO_LADDER),
    Address("ladders:level_diff", O, 200, None, private_ladder, NO_LADDER),
    Address("ladders:transition_detail", O, 200, None, private_step, NO_LADDER),
    Address("ladders:fork_detail", O, 200, None, private_ladder, NO_LADDER),
    Address("ladders:archetype_list", O, 200, None, private_ladder, NO_LADDER),
    Address("coverage:coverage", S, 200, None),
    Address("feedback:quote_list", S, 200, 422),
    Address("feedback:quote_detail", O, 200, 422, quote, NO_KEY),
    Address("feedback:quote_delete", O, None, 302, quote, NO_KEY),
    Address("packets:packet_list", S, 200, 422),
    Address("packets:packet_detail", O, 200, 422, packet, NO_KEY),
    Address("packets:packet_preview", O, 200, None, packet, NO_KEY),
    Address("packets:packet_freeze", O, None, 302, packet, NO_KEY),
    Address("packets:packet_history", O, 200, None, packet, NO_KEY),
    Address("packets:draft_restore", O, None, 302, draft_version, NO_KEY),
    Address("packets:packet_delete", O, 200, 302, packet, NO_KEY),
    Address("packets:snapshot_detail", O, 200, None, snapshot, NO_KEY),
    Address("packets:snapshot_pdf", O, 200, None, snapshot, NO_KEY),
    Address("packets:snapshot_html", O, 200, None, snapshot, NO_KEY),
    Address("packets:snapshot_md", O, 200, None, snapshot, NO_KEY),
    Address("packets:snapshot_json", O, 200, None, snapshot, NO_KEY),
    Address("packets:snapshot_withdraw", O, None, 302, snapshot, NO_KEY),
    Address("packets:snapshot_destroy", O, None, 302, snapshot, NO_KEY),
    Address("sharing:share_list", S, 200, None),
    Address("sharing:share_create", O, 200, 422, snapshot, NO_KEY),
    Address("sharing:share_revoke", O, None, 302, share, NO_KEY),
    Address("sharing:share_rotate", O, None, 302, share, NO_KEY),
    Address("sharing:shared_snapshot", P, 404, 404, unknown_token),
    Address("sharing:shared_pdf", P, 404, None, unknown_token),
    Address("sharing:nothing_here", P, 404, 404),
    Address("sharing:verify", P, 200, 422),
    Address("preferences", S, 200, 422),
    Address("account_email", S, 302, None),
    Address("account_login", P, 200, 422),
    Address("account_reset_password", P, 200, 200),
    Address("set_up", P, 404, 404),
    Address("demo_sign_in", P, None, 404),
    Address("healthz", P, 200, None),
    Address("readyz", P, 200, None),
    Address("robots", P, 200, None),
]

ALLAUTHS = [
    Address("account_logout", P, 302, 302),
    Address("account_inactive", P, 200, None),
    Address("account_signup", P, 200, 200),
    Address("account_reauthenticate", S, 200, 422),
    Address("account_email_verification_sent", P, 200, None),
    Address("account_change_password", S, 200, 422),
    Address("account_set_password", S, 302, 302),
    Address("account_confirm_login_code", P, 302, 302),
    Address("account_confirm_email", P, 200, 404, lambda world: {"key": "unheard-of"}),
    Address("account_reset_password_from_key", P, 200, 422, reset_key),
    Address("account_reset_password_from_key_done", P, 200, None),
    Address("account_reset_password_done", P, 200, None),
    Address("mfa_index", S, 200, None),
    Address("mfa_authenticate", P, 302, 302),
    Address("mfa_reauthenticate", S, 302, 302),
    Address("mfa_activate_totp", S, 200, 422),
    Address("mfa_deactivate_totp", S, 404, 404),
    Address("mfa_view_recovery_codes", S, 404, None),
    Address("mfa_generate_recovery_codes", S, 200, 302),
    Address("mfa_download_recovery_codes", S, 404, 404),
    Address("mfa_list_webauthn", S, 200, None),
    Address("mfa_add_webauthn", S, 200, 422),
    Address("mfa_reauthenticate_webauthn", S, 200, 302),
    Address("mfa_remove_webauthn", O, 200, 302, passkey, NO_KEY),
    Address("mfa_edit_webauthn", O, 200, 422, passkey, NO_KEY),
    Address("mfa_login_webauthn", P, 302, 302),
]

# Here `get` and `post` are the administrator's answers; anybody else is led to the sign-in.
ADMINS = [
    Address("admin:index", A, 200, 200),
    Address("admin:login", P, 302, 302),
    Address("admin:logout", A, None, 200),
    Address("admin:password_change", A, 200, 422),
    Address("admin:password_change_done", A, 200, None),
    Address("admin:autocomplete", A, 403, None),
    Address("admin:jsi18n", A, 200, None),
    Address("admin:view_on_site", A, 404, 404, entry_as_content, NO_OBJECT),
    Address("admin:app_list", A, 200, 200, lambda world: {"app_label": "people"}),
    Address("admin:people_engineer_changelist", A, 200, 200),
    Address("admin:people_engineer_add", A, 200, 422),
    Address("admin:people_engineer_change", A, 200, 422, engineer, NO_OBJECT),
    Address("admin:people_engineer_history", A, 200, 200, engineer, NO_OBJECT),
    Address("admin:people_engineer_delete", A, 403, 403, engineer, NO_OBJECT),
    Address("admin:auth_user_password_change", A, 403, 403, lambda w: {"id": w.maya.pk}, NO_ID),
    Address("admin:ladders_ladder_changelist", A, 200, 200),
    Address("admin:ladders_ladder_add", A, 403, 403),
    Address("admin:ladders_ladder_change", A, 200, 403, ladder, NO_OBJECT),
    Address("admin:ladders_ladder_history", A, 200, 200, ladder, NO_OBJECT),
    Address("admin:ladders_ladder_delete", A, 403, 403, ladder, NO_OBJECT),
]

ADDRESSES = [*OURS, *ALLAUTHS, *ADMINS]

# Django names these not: what once was an object's address, and whatever else there is not.
ADMINS_NAMELESS = {
    "admin/people/engineer/<path:object_id>/",
    "admin/ladders/ladder/<path:object_id>/",
    "admin/(?P<url>.*)$",
}


def routes(
    resolver: URLResolver | None = None, before: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, Callable[..., Any]]]:
    """Every route: its pattern from the root, its name or "", its view."""
    for pattern in (resolver or get_resolver()).url_patterns:
        path = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from routes(pattern, path, inner)
        elif isinstance(pattern, URLPattern):
            yield path, f"{namespace}{pattern.name}" if pattern.name else "", pattern.callback


def is_ours(thing: Any) -> bool:
    """Whether a view or a model is the project's own and not a library's."""
    return str(thing.__module__).startswith("careers.")
