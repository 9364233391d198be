"""Pages of the brag document: one entry and how it changes."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from django_htmx.http import reswap, retarget, trigger_client_event

from careers.journal import actions
from careers.journal.content import contents_of
from careers.journal.countable import lack_sentence
from careers.journal.editing import EntryEditor
from careers.journal.evidence import goals_of
from careers.journal.forms.entries import (
    CaptureForm,
    ShortEntryForm,
)
from careers.journal.history import conflict_between, history_of
from careers.journal.listing import row_of, with_marks
from careers.web.pages import find_next, render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.journal.models import Entry
    from careers.people.models import Engineer
    from careers.people.requests import SignedInRequest


def find_entry(engineer: Engineer, pk: int) -> Entry:
    """The live entry of this engineer, or 404."""
    return get_object_or_404(engineer.entries.live().select_related("project"), pk=pk)


def go_on(request: SignedInRequest, fallback: str, **query: Any) -> HttpResponse:
    """To the page that the form names in `next`, else to `fallback`."""
    page = find_next(request, fallback)
    given = "&".join(f"{name}={value}" for name, value in query.items() if value)
    return redirect(f"{page}{'&' if '?' in page else '?'}{given}" if given else page)


def acknowledge(response: HttpResponse, operation_id: Any, entry: Entry) -> HttpResponse:
    """Tells the browser that a save arrived: its draft may go, and pages about it are stale."""
    detail = {"operation": str(operation_id or ""), "entry": entry.pk}
    return trigger_client_event(response, "entry-saved", detail)


@require_POST
def entry_create(request: SignedInRequest) -> HttpResponse:
    form = CaptureForm(request.POST, engineer=request.user)
    if not form.is_valid():
        return show_capture(request, form, status=422)
    operation_id = form.cleaned_data["operation_id"]
    try:
        entry = actions.create_entry(request.user, change=form.change(), operation_id=operation_id)
    except actions.EditConflictError:
        form.begin_anew()
        return show_capture(request, form, status=409)
    if not request.htmx:
        return go_on(request, reverse("home"), saved=operation_id)
    return acknowledge(show_row(request, entry, is_new=True), operation_id, entry)


def show_capture(request: SignedInRequest, form: CaptureForm, *, status: int) -> HttpResponse:
    """The line as it was typed, in the place of the form that sent it."""
    context = {"form": form, "next": request.POST.get("next", "")}
    response = render_page(
        request, "journal/entry_create.html", context, partial="capture", status=status
    )
    return reswap(retarget(response, "#capture"), "outerHTML")


def show_row(request: SignedInRequest, entry: Entry, **context: Any) -> HttpResponse:
    """The row of an entry in a list, or where it went when it is in the trash."""
    row = row_of(with_marks(request.user.entries.all()).get(pk=entry.pk))
    template = "_entry_trashed.html" if row.entry.deleted_at else "_entry_row.html"
    context |= {"row": row, "entry": row.entry}
    return render_page(request, f"journal/{template}", context)


@require_http_methods(["GET", "HEAD", "POST"])
def entry_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = find_entry(request.user, pk)
    goals = goals_of(request.user)
    if request.method != "POST":
        return show_entry(request, EntryEditor(entry, goals))
    editor = EntryEditor(entry, goals, request.POST)
    if not editor.is_valid():
        return show_entry(request, editor, status=422)
    try:
        actions.update_entry(
            entry,
            change=editor.change(),
            version=editor.version,
            operation_id=editor.operation_id,
        )
    except actions.EditConflictError as conflict:
        return show_conflict(request, editor, conflict.entry)
    messages.success(request, _("Saved."))
    return go_on(request, entry_url(entry), saved=editor.operation_id)


def entry_url(entry: Entry) -> str:
    return reverse("journal:entry_detail", args=[entry.pk])


def show_entry(
    request: SignedInRequest, editor: EntryEditor, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page of an entry, with what it still lacks to count in the default window."""
    entry = editor.entry
    row = row_of(with_marks(request.user.entries.all()).get(pk=entry.pk))
    window = editor.evidence.goals.window(request.user.today())
    context |= {
        "editor": editor,
        "entry": entry,
        "row": row,
        "window": window,
        "lacks": [lack_sentence(lack) for lack in row.entry.lacks(window)],
        "projects": request.user.projects.order_by("title"),
        "operation_id": uuid.uuid4(),
    }
    return render_page(request, "journal/entry_detail.html", context, status=status)


def show_conflict(request: SignedInRequest, editor: EntryEditor, saved: Entry) -> HttpResponse:
    """Both texts: the one saved meanwhile, and the one sent, which the form still holds."""
    both = conflict_between(contents_of([saved])[saved.pk], editor.change())
    editor.form.begin_from(saved.version)
    return show_entry(request, editor, status=409, conflict=both)


@require_safe
def entry_row(request: SignedInRequest, pk: int) -> HttpResponse:
    """The row of an entry, for a list that showed its form in place."""
    return show_row(request, find_entry(request.user, pk))


@require_http_methods(["GET", "HEAD", "POST"])
def entry_edit(request: SignedInRequest, pk: int) -> HttpResponse:
    """The short form of an entry, in the place of its row."""
    entry = find_entry(request.user, pk)
    data = request.POST if request.method == "POST" else None
    # Its ids name the entry: the page has a line to capture and perhaps another entry in its form.
    form = ShortEntryForm(
        data, instance=entry, engineer=request.user, auto_id=f"entry-{entry.pk}-%s"
    )
    if data is None:
        return show_short_form(request, form) if request.htmx else redirect(entry_url(entry))
    if not form.is_valid():
        return show_short_form(request, form, status=422)
    operation_id = form.cleaned_data.get("operation_id")
    try:
        entry = actions.update_entry(
            entry,
            change=form.change(),
            version=form.cleaned_data["version"],
            operation_id=operation_id,
        )
    except actions.EditConflictError as conflict:
        both = conflict_between(contents_of([conflict.entry])[entry.pk], form.change())
        form.begin_from(conflict.entry.version)
        return show_short_form(request, form, status=409, conflict=both)
    if not request.htmx:
        return go_on(request, entry_url(entry), saved=operation_id)
    return acknowledge(show_row(request, entry), operation_id, entry)


def show_short_form(
    request: SignedInRequest, form: ShortEntryForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    context |= {"form": form, "entry": form.instance, "operation_id": uuid.uuid4()}
    context["projects"] = request.user.projects.order_by("title")
    return render_page(
        request, "journal/entry_edit.html", context, partial="entry_form", status=status
    )


@require_POST
def entry_trash(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = find_entry(request.user, pk)
    actions.trash_entries(request.user, entry_ids=[entry.pk])
    if request.htmx:
        return acknowledge(show_row(request, entry), "", entry)
    messages.success(request, _("“%(title)s” is in the trash.") % {"title": entry.title})
    return go_on(request, reverse("journal:trash"))


@require_POST
def entry_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = get_object_or_404(request.user.entries.trashed(), pk=pk)
    request.user.entries.filter(pk=entry.pk).update(deleted_at=None)
    if request.htmx:
        return acknowledge(show_row(request, entry), "", entry)
    messages.success(request, _("“%(title)s” is back.") % {"title": entry.title})
    return go_on(request, entry_url(entry))


@require_POST
def entry_own_project(request: SignedInRequest, pk: int) -> HttpResponse:
    """One click makes an entry a project of its own, and so an example of its own."""
    entry = find_entry(request.user, pk)
    if entry.project is None:
        try:
            project = actions.make_own_project(entry)
        except actions.JournalError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("“%(title)s” is a project now.") % {"title": project.title})
    return go_on(request, entry_url(entry))


@require_safe
def entry_history(request: SignedInRequest, pk: int) -> HttpResponse:
    entry = find_entry(request.user, pk)
    context = {"entry": entry, "versions": history_of(entry)}
    return render_page(request, "journal/entry_history.html", context)


@require_POST
def revision_restore(request: SignedInRequest, pk: int, number: int) -> HttpResponse:
    entry = find_entry(request.user, pk)
    get_object_or_404(entry.revisions, number=number)
    try:
        actions.restore_revision(entry, number=number)
    except actions.JournalError as error:
        messages.error(request, str(error))
    else:
        messages.success(
            request, _("The entry is again as it was in version %(n)d.") % {"n": number}
        )
    return redirect(entry_url(entry))
