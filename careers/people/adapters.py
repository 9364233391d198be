"""Where allauth asks us: who may sign up, what mails say, how second factors are kept."""

from __future__ import annotations

import base64
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.translation import gettext_lazy as _


class ClosedAccountAdapter(DefaultAccountAdapter):  # type: ignore[misc] # allauth brings no types
    """Nobody signs up; links in mails begin with SITE_URL, whatever host a request names."""

    def is_open_for_signup(self, request: object) -> bool:
        return False

    def get_reset_password_from_key_url(self, key: str) -> str:
        path = reverse("account_reset_password_from_key", kwargs={"uidb36": "uid", "key": "key"})
        return settings.SITE_URL + path.replace("uid-key", key)

    def get_password_change_redirect_url(self, request: object) -> str:
        return reverse("preferences")

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        site = {"name": str(_("Careers")), "domain": settings.SITE_HOST}
        super().send_mail(template_prefix, email, {**context, "current_site": site})

    def _get_login_attempts_cache_key(self, request: object, **credentials: Any) -> str:
        # allauth counts failed tries by host and address. The host is what the request says, its
        # port included, so that naming another port would begin the count anew.
        return str(credentials.get("email", "")).lower()


class UnreadableSecretError(ValidationError):
    """A second factor that was encrypted with a key which is no longer known."""

    silent_variable_failure = True  # a page that only counts codes is shown without them


class EncryptingMFAAdapter(DefaultMFAAdapter):  # type: ignore[misc] # allauth brings no types
    """Keeps secrets of authenticator apps and seeds of recovery codes encrypted.

    The key comes from SECRET_KEY, so a copy of the database alone opens nothing; keys in
    SECRET_KEY_FALLBACKS still open what they closed.
    """

    def build_totp_svg(self, url: str) -> str:
        """Black on white in the dark theme too: not every camera reads the reverse."""
        svg = str(super().build_totp_svg(url))
        return svg.replace("<path", '<rect width="100%" height="100%" fill="white"/><path', 1)

    def encrypt(self, text: str) -> str:
        return find_cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        try:
            return find_cipher().decrypt(encrypted_text).decode()
        except InvalidToken:
            raise UnreadableSecretError(
                _(
                    "This server has a new key and cannot read your second factor. Whoever runs it "
                    "can name the earlier key in SECRET_KEY_FALLBACKS."
                )
            ) from None


def find_cipher() -> MultiFernet:
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(derive_key(key)) for key in keys])


def derive_key(secret: str) -> bytes:
    """A Fernet key of its own purpose: what signs sessions does not open second factors."""
    kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"careers: second factors")
    return base64.urlsafe_b64encode(kdf.derive(secret.encode()))
