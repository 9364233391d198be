"""Every address of the site, and some that fail: `@pytest.mark.urls(faulty_urls.__name__)`."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from careers.urls import handler400, handler403, handler404, handler429, handler500

__all__ = ["handler400", "handler403", "handler404", "handler429", "handler500"]


@login_not_required
def fail(request: HttpRequest) -> HttpResponse:
    word = request.GET.get("word", "")
    raise ValueError(f"somebody typed {word}")


@login_not_required
def fail_twice(request: HttpRequest) -> HttpResponse:
    try:
        return fail(request)
    except ValueError as error:
        raise LookupError(f"because of {error}") from error


@login_not_required
def refuse(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied("planted")


@login_not_required
def read_everything(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{len(request.POST)} fields, {len(request.FILES)} files")


@login_not_required
def query(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("asked")


urlpatterns = [
    path("fail/", fail, name="fail"),
    path("fail-twice/", fail_twice, name="fail_twice"),
    path("refuse/", refuse, name="refuse"),
    path("read/", read_everything, name="read_everything"),
    path("query/", query, name="query"),
    path("", include("careers.urls")),
]
