"""What people say of themselves and how they sign in."""

from __future__ import annotations

import functools
import struct
import zoneinfo
from typing import Any

from allauth.account.forms import (
    ChangePasswordForm,
    LoginForm,
    ReauthenticateForm,
    ResetPasswordForm,
    ResetPasswordKeyForm,
)
from allauth.core import context
from allauth.mfa.adapter import get_adapter
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.totp.internal.auth import SECRET_SESSION_KEY
from allauth.mfa.utils import decrypt, encrypt
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from careers.people.models import Engineer

NEW_PASSWORD_HELP = _("At least 12 characters; a few words are good.")


class PlainFields:
    """allauth's forms, each field with its label alone: a placeholder would say it twice."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        if "password1" in self.fields:
            self.fields["password1"].help_text = NEW_PASSWORD_HELP


class SignInForm(PlainFields, LoginForm):  # type: ignore[misc] # allauth brings no types
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].label = _("E-mail")
        self.fields["login"].widget.attrs |= {
            "autocomplete": "username webauthn",
            "autofocus": True,
        }
        self.fields["password"].help_text = ""  # what to do when it is forgotten stands below


class PasswordChangeForm(PlainFields, ChangePasswordForm):  # type: ignore[misc] # as above
    pass


class NewPasswordForm(PlainFields, ResetPasswordKeyForm):  # type: ignore[misc] # as above
    pass


class ConfirmPasswordForm(PlainFields, ReauthenticateForm):  # type: ignore[misc] # as above
    pass


class ForgottenPasswordForm(PlainFields, ResetPasswordForm):  # type: ignore[misc] # as above
    pass


class SealedTotpForm(PlainFields, ActivateTOTPForm):  # type: ignore[misc] # as above
    """Between showing a secret and the first code from it, the session holds it encrypted."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        session = context.request.session
        sealed = session.get(SECRET_SESSION_KEY)
        super().__init__(*args, **kwargs)
        if self.is_bound and sealed:
            self.secret = decrypt(sealed)
        else:
            session[SECRET_SESSION_KEY] = encrypt(self.secret)


# What reading a passkey's answer may raise when no browser wrote it.
UNREADABLE = (
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
    struct.error,
)


class AnswerField(forms.JSONField):
    """A browser's answer; of one that cannot be read nothing is shown again."""

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except UNREADABLE:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None

    def bound_data(self, data: Any, initial: Any) -> Any:
        try:
            return super().bound_data(data, initial)
        except UNREADABLE:
            return None


class ReadablePasskey:
    """allauth's forms of passkeys; an answer that cannot be read is a wrong one, not a failure."""

    fields: dict[str, forms.Field]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = AnswerField(widget=forms.HiddenInput)

    def full_clean(self) -> None:
        try:
            super().full_clean()  # type: ignore[misc] # a form comes after
        except UNREADABLE:
            error = get_adapter().validation_error("incorrect_code")
            self.add_error("credential", error)  # type: ignore[attr-defined] # a form comes after


class PasskeyForm(ReadablePasskey, AddWebAuthnForm):  # type: ignore[misc] # as above
    pass


class PasskeySignInForm(ReadablePasskey, LoginWebAuthnForm):  # type: ignore[misc] # as above
    pass


class SecondPasskeyForm(ReadablePasskey, AuthenticateWebAuthnForm):  # type: ignore[misc] # as above
    pass


class ConfirmPasskeyForm(ReadablePasskey, ReauthenticateWebAuthnForm):  # type: ignore[misc] # as above
    pass


class SetUpForm(forms.ModelForm):
    code = forms.CharField(
        label=_("Code from the console"),
        max_length=64,
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "none",
                "spellcheck": "false",
                "autofocus": True,
            }
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=NEW_PASSWORD_HELP,
    )

    class Meta:
        model = Engineer
        fields = ("email", "name")
        widgets = {
            "email": forms.EmailInput(attrs={"autocomplete": "username"}),
            "name": forms.TextInput(attrs={"autocomplete": "name"}),
        }

    field_order = ("code", "name", "email", "password")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        about = Engineer(email=cleaned.get("email", ""), name=cleaned.get("name", ""))
        try:
            validate_password(cleaned.get("password", ""), about)
        except ValidationError as error:
            self.add_error("password", error)
        return cleaned


REGIONS = {
    "Africa",
    "America",
    "Antarctica",
    "Arctic",
    "Asia",
    "Atlantic",
    "Australia",
    "Europe",
    "Indian",
    "Pacific",
}


@functools.cache
def list_time_zones() -> list[tuple[str, str | list[tuple[str, str]]]]:
    """Every zone with a region, by region, as a select shows them; UTC stands alone at the top."""
    regions: dict[str, list[tuple[str, str]]] = {}
    for zone in sorted(zoneinfo.available_timezones()):
        region, _slash, place = zone.partition("/")
        if region in REGIONS:
            regions.setdefault(region, []).append((zone, place.replace("_", " ")))
    return [("UTC", "UTC"), *regions.items()]


class PreferencesForm(forms.ModelForm):
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        choices=list_time_zones,
        help_text=_("Days and weeks begin and end where you are."),
    )

    class Meta:
        model = Engineer
        fields = ("name", "team", "time_zone", "log_day", "has_single_keys")
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}
