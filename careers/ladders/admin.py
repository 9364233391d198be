"""Ladders for administrators, to be read: what changes them is publishing.

Nothing here is about a person: private ladders, placements and targets do not appear.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import admin

from careers.ladders.models import Edition, Ladder

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import HttpRequest  # noqa: TID251 the admin's own signatures


class ReadOnly:
    """Looking is allowed to whom Django allows it, anything else to nobody."""

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


class EditionInline(ReadOnly, admin.TabularInline):  # type: ignore[type-arg]  # generic in stubs only
    model = Edition
    fields = ("number", "published_at", "sha256")
    readonly_fields = fields
    ordering = ("-number",)


@admin.register(Ladder)
class LadderAdmin(ReadOnly, admin.ModelAdmin):  # type: ignore[type-arg]  # generic in stubs only
    list_display = ("name", "slug", "is_builtin")
    fields = ("name", "slug", "summary", "rules", "is_builtin")
    ordering = ("name", "pk")
    inlines = (EditionInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ladder]:
        return super().get_queryset(request).filter(owner=None)
