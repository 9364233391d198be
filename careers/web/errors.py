"""The pages of what went wrong: what happened, what was kept, what to do.

Each is a page, or for htmx the fragment of it. What was typed is said to be kept only to whoever
brings a session's cookie: the browser keeps drafts of those who are signed in.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.exceptions import (
    RequestDataTooBig,
    TooManyFieldsSent,
    TooManyFilesSent,
)
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from careers.web import logs
from careers.web.pages import render_page

logger = logging.getLogger("careers.errors")

LAST_RESORT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Careers</title>
<h1>Something went wrong here</h1>
<p>Everything that was saved is still there. Try again in a moment.</p>
</html>
"""


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
        return too_large(request)
    return answer(
        request,
        status=400,
        title=_("That could not be read"),
        happened=_("The address or the form held something that is not readable text."),
        next_step=_("Go back and try again; paste text without its formatting."),
    )


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request,
        status=403,
        title=_("This is not open to you"),
        happened=_("You are signed in, but this page is for others."),
        next_step=_("If you should be able to see it, ask whoever runs this server."),
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    return answer(
        request,
        status=403,
        title=_("This page was out of date"),
        happened=_(
            "It was open for long, you signed in again elsewhere, or the browser keeps no cookies."
        ),
        next_step=_("Go back, reload the page and send it again."),
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same for what never was and for what belongs to somebody else."""
    return answer(
        request,
        status=404,
        title=_("There is nothing here"),
        happened=_("The address may be mistyped, or what it led to is gone or not yours."),
        next_step=_("Nothing of yours was changed."),
    )


def too_large(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return answer(
        request,
        status=413,
        title=_("That is too much at once"),
        happened=_("A form may hold %(size)g MB and %(count)s fields; this one held more.")
        % {
            "size": settings.DATA_UPLOAD_MAX_MEMORY_SIZE / 1_000_000,
            "count": settings.DATA_UPLOAD_MAX_NUMBER_FIELDS,
        },
        next_step=_("Go back, shorten it and send it again, or send it in parts."),
    )


def too_many_tries(request: HttpRequest) -> HttpResponse:
    return answer(
        request,
        status=429,
        title=_("Too many tries"),
        happened=_("To keep guessers out, only so many tries are taken in a minute."),
        next_step=_("Wait a few minutes and try again."),
    )


def overtaken(request: HttpRequest) -> HttpResponse:
    return answer(
        request,
        status=503,  # 409 would be put in the place of the form by htmx
        title=_("Something else was quicker"),
        happened=_("What this rests on was changed or deleted while it was being saved."),
        next_step=_("Go back, reload the page to see what is there now, and send it again."),
    )


def answer(
    request: HttpRequest, *, status: int, title: str, happened: str, next_step: str
) -> HttpResponse:
    context = {
        "title": title,
        "happened": happened,
        "next_step": next_step,
        "was_sent": request.method == "POST",
        "has_drafts": settings.SESSION_COOKIE_NAME in request.COOKIES,
    }
    return render_page(request, "web/error.html", context, partial="error", status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    """Stands alone: no database, and where even the template fails, no template."""
    try:
        template = "web/server_error.html"
        if request.headers.get("HX-Request") == "true":
            template += "#error"
        page = render_to_string(template, {"request_id": logs.request_id.get()})
    except Exception:
        logger.exception("error page failed")
        return HttpResponse(LAST_RESORT, status=500)
    return HttpResponse(page, status=500)
