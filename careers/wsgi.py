"""The WSGI application that gunicorn serves."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.core.exceptions import BadRequest
from django.core.wsgi import get_wsgi_application

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIEnvironment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "careers.settings")
django = get_wsgi_application()


def application(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    """Django's, with an answer to a Content-Type that it cannot read before any middleware runs."""
    try:
        return django(environ, start_response)
    except BadRequest:
        start_response("400 Bad Request", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"The request's Content-Type could not be read.\n"]
