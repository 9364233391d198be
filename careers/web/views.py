"""Addresses for machines: is the server alive, is it ready, may it be indexed."""

from __future__ import annotations

import sqlite3

from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers; nothing else is asked."""
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@login_not_required
def readyz(request: HttpRequest) -> HttpResponse:
    """200 when pages can be served, else 503 and the part that fails."""
    failing = find_failing_part()
    answer = {"status": "failing", "part": failing} if failing else {"status": "ready"}
    if connection.vendor == "sqlite" and is_from_this_machine(request):
        answer["sqlite"] = sqlite3.sqlite_version
    return JsonResponse(
        answer, status=503 if failing else 200, headers={"Cache-Control": "no-store"}
    )


def find_failing_part() -> str:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        executor = MigrationExecutor(connection)
        has_all = not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except Error:
        return "database"
    return "" if has_all else "migrations"


def is_from_this_machine(request: HttpRequest) -> bool:
    """A proxy on this machine asks from here for others, and says so."""
    forwarded = {"X-Forwarded-For", "Forwarded", "X-Real-Ip"} & set(request.headers)
    return request.META.get("REMOTE_ADDR") in {"127.0.0.1", "::1"} and not forwarded


@require_safe
@login_not_required
def robots(request: HttpRequest) -> HttpResponse:
    return HttpResponse("User-agent: *\nDisallow: /\n", content_type="text/plain")
