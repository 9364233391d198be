"""Django's admin is for people and ladders; it shows no personal row.

Whoever could set another's password or address could sign in as them and read their journal, so an
administrator sets both only until that person has first signed in. Nor is anybody deleted here: the
page that asks whether to would list what they wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account import admin as account_admin
from allauth.account.decorators import secure_admin_login
from allauth.mfa import admin as mfa_admin
from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Q
from django.forms import CheckboxSelectMultiple, ModelChoiceField, ModelMultipleChoiceField
from django.http import HttpRequest, HttpResponse  # noqa: TID251 a page of the admin
from django.utils.translation import gettext_lazy as _

from careers.people.models import Engineer

if TYPE_CHECKING:
    from django.db.models import QuerySet

DJANGOS_OWN = r"^(add|change|delete|view)_"  # made for every model; only the admin asks for them
LONGEST_SEARCH = 200  # letters; each word is three conditions, and SQLite takes a thousand

admin.site.site_header = admin.site.site_title = _("Careers")
admin.site.index_title = _("People and ladders")
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign] # as allauth says
admin.site.unregister([account_admin.EmailAddress, mfa_admin.Authenticator, Group])


class SmallLetters:
    """Addresses are kept in small letters: signing in looks for them so."""

    cleaned_data: dict[str, Any]

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).lower()


class EngineerCreationForm(SmallLetters, AdminUserCreationForm[Engineer]):
    class Meta:
        model = Engineer
        fields = ("email", "name")


class RightsField(ModelMultipleChoiceField):  # type: ignore[type-arg] # generic in stubs only
    """Rights by their names alone, to be ticked."""

    def label_from_instance(self, obj: Permission) -> str:
        return str(obj.name)

    def clean(self, value: Any) -> Any:
        """Django asks the database for every key that was sent; SQLite fails at one too large."""
        known = {str(right.pk) for right in self.queryset or []}
        if unknown := {*(value or [])} - known:
            sentence = _("“%(value)s” is none of the rights.")
            raise ValidationError(sentence, params={"value": min(unknown)[:40]})
        return super().clean(value)


class EngineerChangeForm(SmallLetters, UserChangeForm):  # type: ignore[type-arg] # generic in stubs only
    class Meta:
        model = Engineer
        fields = "__all__"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nobody is their own manager; Django leaves a rule that names the key to the database.
        manager = self.fields["manager"]
        assert isinstance(manager, ModelChoiceField)  # noqa: S101 for mypy
        manager.queryset = Engineer.objects.exclude(pk=self.instance.pk).order_by("name", "pk")
        self.fields["user_permissions"] = RightsField(
            self._rights(),
            label=_("Further rights"),
            required=False,
            widget=CheckboxSelectMultiple(),
        )

    def _rights(self) -> QuerySet[Permission]:
        """Those that mean something here, and what this person was given by other means."""
        given = self.instance.user_permissions.values("pk")
        named = Permission.objects.filter(~Q(codename__regex=DJANGOS_OWN) | Q(pk__in=given))
        return named.order_by("name", "pk")


@admin.register(Engineer)
class EngineerAdmin(auth_admin.UserAdmin):  # type: ignore[type-arg] # generic in stubs only
    form = EngineerChangeForm
    add_form = EngineerCreationForm
    list_display = ("email", "name", "team", "manager", "is_active", "is_staff")
    list_filter = ("is_active", "is_staff")
    list_select_related = ("manager",)
    search_fields = ("email", "name", "team")
    ordering = ("email", "pk")
    filter_horizontal = ()
    fieldsets = (
        (None, {"fields": ("email", "name", "password")}),
        (_("Work"), {"fields": ("team", "manager")}),
        (
            _("Rights"),
            {"fields": ("is_active", "is_staff", "is_superuser", "user_permissions")},
        ),
    )
    add_fieldsets = (
        (None, {"fields": ("email", "name", "team", "manager", "password1", "password2")}),
    )

    def get_readonly_fields(
        self, request: HttpRequest, obj: Engineer | None = None
    ) -> tuple[str, ...]:
        return ("email",) if obj and obj.last_login else ()

    def get_fieldsets(self, request: HttpRequest, obj: Engineer | None = None) -> Any:
        if obj and obj.last_login:
            return ((None, {"fields": ("email", "name")}), *self.fieldsets[1:])
        return super().get_fieldsets(request, obj)

    def user_change_password(
        self,
        request: HttpRequest,
        id: str,  # noqa: A002 Django's name
        form_url: str = "",
    ) -> HttpResponse:
        engineer = self.get_object(request, unquote(id))
        if engineer and engineer.last_login:
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """By what stands beside the list alone: who is left of ?entries=17 wrote entry 17."""
        return lookup.split("__")[0] in self.list_filter

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Engineer], search_term: str
    ) -> tuple[QuerySet[Engineer], bool]:
        return super().get_search_results(request, queryset, search_term[:LONGEST_SEARCH])

    def has_delete_permission(self, request: HttpRequest, obj: Engineer | None = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Engineer, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:  # nobody signs in by the address they had before
            account_admin.EmailAddress.objects.filter(user=obj).delete()
