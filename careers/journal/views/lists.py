"""Pages that show many entries: the journal, a week, the trash; and changes of many at once."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import TYPE_CHECKING

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from careers.journal import actions
from careers.journal.content import EntryChange, Support
from careers.journal.evidence import criteria_choices
from careers.journal.exporters import BY_ENDING, FORMATS, export
from careers.journal.forms.entries import (
    CaptureForm,
    WeekNoteForm,
)
from careers.journal.forms.lists import (
    BulkForm,
    FilterForm,
    SelectionForm,
)
from careers.journal.listing import (
    JournalPage,
    journal_page,
    row_of,
    search,
    week_of,
    with_marks,
    year_of_weeks,
)
from careers.journal.models import EARLIEST, TRASH_DAYS, Week
from careers.journal.views.entries import go_on
from careers.web.pages import render_page

if TYPE_CHECKING:
    from careers.people.requests import SignedInRequest


@require_safe
def entry_list(request: SignedInRequest) -> HttpResponse:
    """The journal by week, newest first, a page at a time; with filters, only what they leave."""
    engineer = request.user
    choices = criteria_choices(engineer)
    form = FilterForm(request.GET, engineer=engineer, criteria=choices)
    context = {"form": form, "page": JournalPage((), ""), "today": engineer.today()}
    if not form.is_valid():
        return render_page(
            request, "journal/entry_list.html", context, partial="results", status=422
        )
    entries = search(engineer.entries.live(), form.cleaned_data)
    before = form.cleaned_data["before"]
    is_filtered = any(value for name, value in form.cleaned_data.items() if name != "before")
    context["page"] = journal_page(engineer, entries, before=before, is_whole=not is_filtered)
    context["is_filtered"] = is_filtered
    if before and request.htmx:
        return render_page(request, "journal/entry_list.html", context, partial="more")
    context["bulk_form"] = BulkForm(engineer=engineer, criteria=choices)
    if not request.htmx:
        context["year"] = year_of_weeks(engineer, today=engineer.today())
    return render_page(request, "journal/entry_list.html", context, partial="results")


@require_safe
def journal_export(request: SignedInRequest, ending: str) -> HttpResponse:
    """The whole journal as a file."""
    if ending not in BY_ENDING:
        raise Http404
    name = BY_ENDING[ending]
    _ending, media_type, _make = FORMATS[name]
    day = request.user.today().isoformat()
    headers = {"Content-Disposition": f'attachment; filename="journal-{day}.{ending}"'}
    content = export(request.user, name)
    return HttpResponse(content, content_type=f"{media_type}; charset=utf-8", headers=headers)


@require_POST
def entry_bulk_update(request: SignedInRequest) -> HttpResponse:
    """Sets what was chosen on every ticked entry, or puts them all into the trash."""
    selection = SelectionForm(request.POST)
    choices = criteria_choices(request.user)
    form = BulkForm(request.POST, engineer=request.user, criteria=choices)
    is_trash = "trash" in request.POST
    if not selection.is_valid() or not (is_trash or form.is_valid()):
        return show_bulk(request, selection, form)
    chosen = selection.cleaned_data["entry"]
    if is_trash:
        count = actions.trash_entries(request.user, entry_ids=chosen)
        said = ngettext("%d entry is in the trash.", "%d entries are in the trash.", count)
    else:
        try:
            changed = actions.change_entries(
                request.user, entry_ids=chosen, change=bulk_change(form)
            )
        except actions.JournalError as error:
            form.add_error(None, str(error))
            return show_bulk(request, selection, form)
        count = len(changed)
        said = ngettext("%d entry changed.", "%d entries changed.", count)
    if request.htmx:
        return trigger_client_event(HttpResponse(status=204), "entry-saved", {"operation": ""})
    messages.success(request, said % count)
    return go_on(request, reverse("journal:entry_list"))


def show_bulk(request: SignedInRequest, selection: SelectionForm, form: BulkForm) -> HttpResponse:
    """What was chosen, with what is wrong about it; nothing was changed."""
    context = {"selection": selection, "bulk_form": form, "next": request.POST.get("next", "")}
    return render_page(
        request, "journal/entry_bulk_update.html", context, partial="bulk", status=422
    )


def bulk_change(form: BulkForm) -> EntryChange:
    """What a valid BulkForm sets: only what was chosen."""
    data = form.cleaned_data
    names = ("role", "kind", "reach", "status", "visibility", "happened_on", "outcome")
    return EntryChange(
        fields={name: data[name] for name in names if data[name]},
        project_title=data["project_title"] or None,
        evidence=[Support(key, is_primary=True) for key in data["criteria"]] or None,
    )


@require_safe
def trash(request: SignedInRequest) -> HttpResponse:
    """The newest hundred of what was thrown away and can come back."""
    entries = with_marks(request.user.entries.trashed()).order_by("-deleted_at", "-pk")[:100]
    context = {"rows": [row_of(entry) for entry in entries], "days": TRASH_DAYS}
    return render_page(request, "journal/trash.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def week_detail(request: SignedInRequest, monday: dt.date) -> HttpResponse:
    week = week_of(request.user, monday)
    row = week.week or Week(engineer=request.user, monday=monday)
    form = WeekNoteForm(request.POST if request.method == "POST" else None, instance=row)
    status = 200
    if request.method == "POST":
        if form.is_valid():
            form.save()
            messages.success(request, _("The note is saved."))
            return go_on(request, request.path)
        status = 422
    today = request.user.today()
    day = max(monday, min(today, week.sunday))
    context = {
        "week": week,
        "note_form": form,
        "form": CaptureForm(engineer=request.user, initial={"operation_id": uuid.uuid4()}),
        "happened_on": day if monday <= today else None,
        "previous": monday - dt.timedelta(days=7) if monday > EARLIEST else None,
        "next": monday + dt.timedelta(days=7) if week.sunday < today else None,
    }
    return render_page(request, "journal/week_detail.html", context, status=status)


@require_POST
def week_quiet(request: SignedInRequest, monday: dt.date) -> HttpResponse:
    """Records that a week was quiet, or that it was not after all."""
    is_quiet = request.POST.get("quiet", "1") == "1"
    Week.objects.update_or_create(
        engineer=request.user, monday=monday, defaults={"is_quiet": is_quiet}
    )
    return go_on(request, reverse("journal:week_detail", args=[monday]))
