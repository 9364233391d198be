"""What happens around every request. Each middleware is named in settings.MIDDLEWARE."""

from __future__ import annotations

import codecs
import logging
import re
import time
from collections.abc import Callable
from secrets import token_hex
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.views import redirect_to_login
from django.core.signals import got_request_exception
from django.db import IntegrityError
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.http.response import HttpResponseBase
from django.shortcuts import resolve_url
from django.urls import Resolver404, resolve
from django.utils.cache import patch_cache_control
from django.utils.functional import LazyObject
from django.utils.http import url_has_allowed_host_and_scheme
from django_htmx.http import HttpResponseClientRedirect

from careers.web import errors, logs

GetResponse = Callable[[HttpRequest], HttpResponseBase]

logger = logging.getLogger("careers.request")

METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
READING = {"GET", "HEAD", "OPTIONS"}
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}

# --- the log ------------------------------------------------------------------------------------


def request_log(get_response: GetResponse) -> GetResponse:
    """Give the request an id and say in one line what became of it: the route, never the path."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        request_id = token_hex(8)
        token = logs.request_id.set(request_id)
        start = time.perf_counter()
        try:
            response = get_response(request)
            response.headers["X-Request-Id"] = request_id
            match = request.resolver_match
            fields = {
                "route": match.view_name if match else "",
                "method": request.method if request.method in METHODS else "other",
                "status": response.status_code,
                "ms": round((time.perf_counter() - start) * 1000, 1),
                "actor": find_actor(request),
            }
            level = logging.ERROR if response.status_code >= 500 else logging.INFO
            logger.log(level, "request", extra={"fields": fields})
        finally:
            logs.request_id.reset(token)
        return response

    return middleware


def find_actor(request: HttpRequest) -> int | None:
    """The key of whoever is signed in, where something asked for it; this asks no database."""
    user = getattr(request, "user", None)
    if isinstance(user, LazyObject):
        user = getattr(request, "_cached_user", None)
    return getattr(user, "pk", None)


def log_failure(request: HttpRequest | None = None, **_: Any) -> None:
    """The line that says where a request failed; its id leads to the line of the request."""
    logger.exception("failure")


got_request_exception.connect(log_failure)

# --- what can be read ---------------------------------------------------------------------------


def readable_input(get_response: GetResponse) -> GetResponse:
    """Answer what no view could read: 413 for too much, 400 for what is not text in UTF-8.

    Such text would be refused by PostgreSQL and taken by SQLite, or be quietly changed on the way.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        limit = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        if announced_length(request) > limit and not is_judged_by_view(request):
            return errors.too_large(request)  # unread
        if not is_readable(request):
            return errors.bad_request(request)
        return get_response(request)

    return middleware


def announced_length(request: HttpRequest) -> int:
    """The length of the body as its sender says; a server hands on no more than that."""
    length = request.headers.get("Content-Length", "")[:20]
    return int(length) if length.isdecimal() else 0


def judges_length[View: Callable[..., HttpResponseBase]](view: View) -> View:
    """Mark a view that takes files: it refuses, unread, a body that is too long for it."""
    view.judges_length = True  # type: ignore[attr-defined] # read by is_judged_by_view
    return view


def is_judged_by_view(request: HttpRequest) -> bool:
    """Files alone may be longer than a form; asked only of what is."""
    if request.content_type != "multipart/form-data":
        return False
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    return getattr(view, "judges_length", False)


def is_readable(request: HttpRequest) -> bool:
    # A charset such as utf-7 or unicode_escape would make lone surrogates out of plain letters.
    if request.encoding and codecs.lookup(request.encoding).name != "utf-8":
        return False
    if any("\0" in name + value for name, value in request.COOKIES.items()):
        return False
    # Bytes that are no text stay percent-encoded in a path; in a query they would become U+FFFD.
    texts = [
        unquote_to_bytes(request.path_info),
        unquote_to_bytes(request.META.get("QUERY_STRING", "")),
    ]
    if not all(is_text(text) and b"\0" not in text for text in texts):
        return False
    if request.method == "POST" and request.content_type in FORMS:
        return is_judged_by_view(request) or has_readable_form(request)
    return True


def has_readable_form(request: HttpRequest) -> bool:
    """Whether its body is text; in parts, files included, which no other view takes."""
    try:
        body = request.body
    except UnreadablePostError:
        return False
    is_quoted = request.content_type != "multipart/form-data"
    return is_text(unquote_to_bytes(body) if is_quoted else body)  # NUL is told by the form: 422


def is_text(value: bytes) -> bool:
    """Whether it is UTF-8; lone surrogates are not."""
    try:
        value.decode()
    except UnicodeDecodeError:
        return False
    return True


# --- what a browser is told ---------------------------------------------------------------------


def private_pages(get_response: GetResponse) -> GetResponse:
    """No copies of what somebody signed in sees or of anything under /accounts/; nothing indexed.

    Whoever brings a session's cookie counts as signed in, so that this asks no database.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        if settings.SESSION_COOKIE_NAME in request.COOKIES or request.path.startswith("/accounts/"):
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware


def sign_in_for_htmx(get_response: GetResponse) -> GetResponse:
    """Lead back to a page, not to a fragment or a form's address, whoever has to sign in again.

    Without it htmx would put the sign-in page where its fragment belongs, and a form that was sent
    after its session ended would, once signed in, lead to an address that answers only POST. What
    was typed is kept by the browser and offered on the page that is returned to.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not asks_to_sign_in(response):
            return response
        if is_htmx(request):
            page = find_page(request, request.headers.get("HX-Current-URL", ""))
            return HttpResponseClientRedirect(sign_in_url(page))
        if request.method not in READING:
            page = find_page(request, request.headers.get("Referer", ""))
            response.headers["Location"] = sign_in_url(page)
        return response

    return middleware


def asks_to_sign_in(response: HttpResponseBase) -> bool:
    """Whether it is LoginRequiredMiddleware's redirect, which alone says where to go next."""
    address = urlsplit(response.headers.get("Location", ""))
    return (
        response.status_code == 302
        and address.path == resolve_url(settings.LOGIN_URL)
        and address.query.startswith(f"{REDIRECT_FIELD_NAME}=")
    )


def is_htmx(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def find_page(request: HttpRequest, url: str) -> str:
    """The path and query of `url` when it is one of ours, else the front page."""
    if not url_has_allowed_host_and_scheme(url, {request.get_host()}, request.is_secure()):
        return "/"
    parts = urlsplit(url)
    path = parts._replace(scheme="", netloc="", fragment="").geturl()
    return path if re.match(r"/(?!/)", path) else "/"


def sign_in_url(page: str) -> str:
    return redirect_to_login(page).url


# --- saves --------------------------------------------------------------------------------------


class OvertakenSaves:
    """Answer a save that lost what it rests on while it was made; its transaction kept nothing.

    What leads to it is rare, such as a ladder that is deleted in another tab at the same moment. It
    is logged as a failure, since a defect of ours would look the same to the database.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        if not isinstance(exception, IntegrityError):
            return None
        log_failure()
        return errors.overtaken(request)


# --- forms --------------------------------------------------------------------------------------


def refused_forms(get_response: GetResponse) -> GetResponse:
    """422 for a form that came back with errors, where a library's view answers 200."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if request.method == "POST" and response.status_code == 200:
            form = find_form(getattr(response, "context_data", None) or {})
            if form and form.errors:
                response.status_code = 422
        return response

    return middleware


def find_form(context: dict[str, Any]) -> Any:
    """The form of a page: a generic view's, or that of the admin."""
    return context.get("form") or getattr(context.get("adminform"), "form", None)
