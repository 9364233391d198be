"""Bringing in what people already have: preview, tray, one candidate, many at once."""

from __future__ import annotations

import uuid
from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import trigger_client_event

from careers.journal import tray
from careers.journal.actions import JournalError
from careers.journal.candidate_editing import CandidateEditor
from careers.journal.candidates import TABS, CandidateReader, in_tab, preview_of, tray_page
from careers.journal.content import EntryChange, Support
from careers.journal.evidence import criteria_choices, goals_of
from careers.journal.forms.lists import SelectionForm
from careers.journal.forms.tray import ImportForm, SplitForm, TrayBulkForm, split_lines
from careers.journal.importers.gitlog import GIT_LOG
from careers.journal.importers.source import MOST_BYTES, too_large
from careers.journal.views.entries import go_on
from careers.journal.views.lists import bulk_change
from careers.web.middleware import announced_length, judges_length
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.journal.models import Candidate
    from careers.people.models import Engineer
    from careers.people.requests import SignedInRequest


LONGEST_BODY = 5_000_000  # bytes that are read at all, to say of a file how large it is


def find_candidate(engineer: Engineer, pk: int) -> Candidate:
    """A candidate in the tray of this engineer, or 404."""
    return get_object_or_404(engineer.candidates.pending(), pk=pk)


def tray_address(tab: str = "") -> str:
    return (
        f"{reverse('journal:tray_list')}?tab={tab}" if tab in TABS else reverse("journal:tray_list")
    )


@require_safe
def tray_list(request: SignedInRequest) -> HttpResponse:
    """What waits to be accepted, and the box to bring in more."""
    number = request.GET.get("page", "1")
    page = tray_page(
        request.user,
        goals_of(request.user),
        tab=request.GET.get("tab", ""),
        number=int(number) if number.isdecimal() and len(number) < 6 else 1,
    )
    choices = criteria_choices(request.user)
    context = {
        "page": page,
        "import_form": ImportForm(engineer=request.user),
        "bulk_form": TrayBulkForm(engineer=request.user, criteria=choices),
        "projects": request.user.projects.order_by("title"),
        "operation_id": uuid.uuid4(),
        "git_log": GIT_LOG,
    }
    return render_page(request, "journal/tray_list.html", context)


@judges_length
@require_POST
def tray_preview(request: SignedInRequest) -> HttpResponse:
    """What a text or a file would bring in; nothing is written."""
    if announced_length(request) > LONGEST_BODY:
        return refuse_unread(request)
    form = ImportForm(request.POST, request.FILES, engineer=request.user)
    if not form.is_valid() or form.reading is None:
        is_blank = not request.POST.get("text", "").strip() and "file" not in request.FILES
        if is_blank and request.htmx:
            return render_page(request, "journal/tray_preview.html", {}, partial="preview")
        return show_preview(request, form, status=422)
    return show_preview(request, form, preview=preview_of(request.user, form.reading))


def refuse_unread(request: SignedInRequest) -> HttpResponse:
    """A page that says how much is too much, of a body that was not read."""
    form = ImportForm(engineer=request.user)
    sentence = str(too_large(announced_length(request), MOST_BYTES))
    return show_preview(request, form, status=413, problem=sentence)


def show_preview(
    request: SignedInRequest, form: ImportForm, *, status: int = 200, **context: Any
) -> HttpResponse:
    """The page of a preview, whose form holds the text that was sent, a file's too."""
    shown = form
    if form.reading is not None:
        typed = {name: form.cleaned_data[name] for name in ("text", "kind", "year")}
        shown = ImportForm(engineer=request.user, initial={**typed, "name": form.source})
    context |= {"form": form, "import_form": shown, "git_log": GIT_LOG}
    context["operation_id"] = operation_of(request) or uuid.uuid4()
    return render_page(
        request, "journal/tray_preview.html", context, partial="preview", status=status
    )


def operation_of(request: SignedInRequest) -> str:
    """What a form calls this save, when it is a name that a form of ours gives."""
    try:
        return str(uuid.UUID(request.POST.get("operation_id", "")))
    except ValueError:
        return ""


@judges_length
@require_POST
def tray_fill(request: SignedInRequest) -> HttpResponse:
    """Puts what a text or a file brings into the tray."""
    if announced_length(request) > LONGEST_BODY:
        return refuse_unread(request)
    form = ImportForm(request.POST, request.FILES, engineer=request.user)
    if not form.is_valid() or form.reading is None:
        return show_preview(request, form, status=422)
    delivery = tray.take_in(request.user, form.reading, source=form.source)
    messages.success(request, said_of(delivery))
    return go_on(request, tray_address(), saved=operation_of(request))


def said_of(delivery: tray.Delivery) -> str:
    """What came in, in a sentence or three."""
    new, grown = delivery.new, delivery.grown
    known = delivery.rows - new - grown
    parts = [ngettext("%d is new in the tray.", "%d are new in the tray.", new) % new]
    if grown:
        parts.append(ngettext("%d has grown.", "%d have grown.", grown) % grown)
    if known:
        parts.append(ngettext("%d was known.", "%d were known.", known) % known)
    return " ".join(parts)


@require_POST
def tray_bulk(request: SignedInRequest) -> HttpResponse:
    """Accepts, dismisses, merges, brings back or changes the ticked candidates, or a whole list."""
    tab = request.POST.get("tab", "")
    is_whole = "everything" in request.POST and tab in TABS
    selection = SelectionForm(request.POST, nothing=_("Tick something first."))
    form = TrayBulkForm(
        request.POST, engineer=request.user, criteria=criteria_choices(request.user)
    )
    action = ACTIONS.get(request.POST.get("action", ""))
    if not (action or form.is_valid()) or not (is_whole or selection.is_valid()):
        return show_bulk(request, None if is_whole else selection, form)
    chosen = in_tab(request.user, tab).values_list("pk", flat=True) if is_whole else None
    keys = selection.cleaned_data["entry"] if chosen is None else list(chosen)
    try:
        messages.success(
            request, action(request.user, keys) if action else change(request.user, keys, form)
        )
    except JournalError as error:
        form = form if action is None else blank_bulk_form(request)
        return show_bulk(request, None if is_whole else selection, form, problem=str(error))
    return HttpResponseRedirect(tray_address(tab))


def accept(engineer: Engineer, keys: list[int]) -> str:
    entries = tray.accept(engineer, keys)
    said = ngettext("%d entry is in the journal.", "%d entries are in the journal.", len(entries))
    return said % len(entries)


def dismiss(engineer: Engineer, keys: list[int]) -> str:
    count = tray.dismiss(engineer, keys)
    return ngettext("%d was dismissed.", "%d were dismissed.", count) % count


def bring_back(engineer: Engineer, keys: list[int]) -> str:
    count = tray.bring_back(engineer, keys)
    return ngettext("%d is in the tray again.", "%d are in the tray again.", count) % count


def merge(engineer: Engineer, keys: list[int]) -> str:
    return _("“%(title)s” is one now.") % {"title": tray.merge(engineer, keys)}


def change(engineer: Engineer, keys: list[int], form: TrayBulkForm) -> str:
    count = tray.change_candidates(
        engineer, keys, change=bulk_change(form), basis=form.cleaned_data["basis"]
    )
    return ngettext("%d was changed.", "%d were changed.", count) % count


ACTIONS = {"accept": accept, "dismiss": dismiss, "merge": merge, "bring_back": bring_back}


def blank_bulk_form(request: SignedInRequest) -> TrayBulkForm:
    """The fields with what they held, unchecked: what was asked for does not need them."""
    return TrayBulkForm(
        engineer=request.user,
        criteria=criteria_choices(request.user),
        initial=request.POST.dict(),
    )


def show_bulk(
    request: SignedInRequest,
    selection: SelectionForm | None,
    form: TrayBulkForm,
    *,
    problem: str = "",
) -> HttpResponse:
    """What was chosen, with what is wrong about it; nothing was changed."""
    context = {
        "selection": selection,
        "bulk_form": form,
        "problem": problem,
        "tab": request.POST.get("tab", ""),
        "everything": "everything" in request.POST,
        "projects": request.user.projects.order_by("title"),
    }
    return render_page(request, "journal/tray_bulk.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def candidate_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    """The form of a candidate, in the place of its row."""
    if request.method == "POST" and request.user.candidates.gone().filter(pk=pk).exists():
        return show_late(request, pk)
    candidate = find_candidate(request.user, pk)
    data = request.POST if request.method == "POST" else None
    editor = CandidateEditor(candidate, criteria_choices(request.user), data)
    if data is None:
        return show_candidate(request, editor)
    if status := save_candidate(editor):
        return show_candidate(request, editor, status=status)
    if "accept" in request.POST:
        return candidate_accept(request, pk)
    if not request.htmx:
        return go_on(request, tray_address(), saved=operation_of(request))
    return saved(show_row(request, candidate), operation_of(request))


def save_candidate(editor: CandidateEditor) -> int:
    """0, or the status with which the form is shown again; it says what is wrong."""
    if not editor.is_valid():
        return 422
    candidate = editor.candidate
    try:
        tray.update_candidate(candidate, change=editor.change(), version=editor.version)
    except tray.TrayError as error:
        editor.begin_from(candidate.version, sentence=str(error))
        return 409
    except JournalError as error:
        editor.form.add_error("criteria", str(error))
        return 422
    return 0


def show_late(request: SignedInRequest, pk: int) -> HttpResponse:
    """What was typed into the form of a candidate that has left the tray meanwhile."""
    names = ("title", "outcome", "what", "project_title", "collaborators")
    typed = [request.POST.get(name, "").strip() for name in names]
    candidate = get_object_or_404(request.user.candidates.select_related("entry"), pk=pk)
    context = {"candidate": candidate, "typed": [text for text in typed if text]}
    return render_page(request, "journal/candidate_late.html", context, partial="late", status=409)


def saved(response: HttpResponse, operation_id: str) -> HttpResponse:
    """Tells the browser that a save arrived, so that its draft may go."""
    return trigger_client_event(response, "entry-saved", {"operation": operation_id})


def show_candidate(
    request: SignedInRequest, editor: CandidateEditor, *, status: int = 200
) -> HttpResponse:
    context = {
        "editor": editor,
        "candidate": editor.candidate,
        "lines": split_lines(editor.candidate.content),
        "projects": request.user.projects.order_by("title"),
        "operation_id": uuid.uuid4(),
    }
    return render_page(
        request, "journal/candidate_detail.html", context, partial="candidate_form", status=status
    )


def show_row(request: SignedInRequest, candidate: Candidate, *, problem: str = "") -> HttpResponse:
    """The row of a candidate in the tray's list, with what was refused about it."""
    row = CandidateReader(request.user, goals_of(request.user)).row(candidate)
    context = {"row": row, "problem": problem}
    status = 422 if problem else 200
    return render_page(request, "journal/_candidate_row.html", context, status=status)


def list_of(candidate: Candidate) -> str:
    """The address of the list of the tray that a candidate stands in."""
    return tray_address("ticked" if candidate.is_ticked else "unticked")


@require_safe
def candidate_row(request: SignedInRequest, pk: int) -> HttpResponse:
    return show_row(request, find_candidate(request.user, pk))


@require_POST
def candidate_accept(request: SignedInRequest, pk: int) -> HttpResponse:
    candidate = find_candidate(request.user, pk)
    try:
        entries = tray.accept(request.user, [candidate.pk])
    except JournalError as error:
        if request.htmx:
            return show_row(request, candidate, problem=str(error))
        messages.error(request, str(error))
        return HttpResponseRedirect(list_of(candidate))
    if request.htmx:
        context = {"candidate": candidate, "entry": entries[0] if entries else None}
        response = render_page(request, "journal/_candidate_gone.html", context)
        return saved(response, operation_of(request))
    messages.success(request, _("“%(title)s” is in the journal.") % {"title": candidate})
    return HttpResponseRedirect(list_of(candidate))


@require_POST
def candidate_dismiss(request: SignedInRequest, pk: int) -> HttpResponse:
    candidate = find_candidate(request.user, pk)
    tray.dismiss(request.user, [candidate.pk])
    if request.htmx:
        return render_page(request, "journal/_candidate_gone.html", {"candidate": candidate})
    messages.success(request, _("“%(title)s” was dismissed.") % {"title": candidate})
    return HttpResponseRedirect(list_of(candidate))


@require_POST
def candidate_restore(request: SignedInRequest, pk: int) -> HttpResponse:
    """Takes a dismissed candidate into the tray again."""
    candidate = get_object_or_404(request.user.candidates.exclude(content={}), pk=pk)
    tray.bring_back(request.user, [candidate.pk])
    if request.htmx:
        candidate.refresh_from_db()
        return show_row(request, candidate)
    return HttpResponseRedirect(tray_address("dismissed"))


@require_POST
def candidate_tag(request: SignedInRequest, pk: int) -> HttpResponse:
    """Makes a candidate evidence for a criterion that was suggested."""
    candidate = find_candidate(request.user, pk)
    choices = criteria_choices(request.user)
    offered = {str(key): key for _level, criteria in choices for key, _text in criteria}
    key = offered.get(request.POST.get("criterion", ""))
    problem = ""
    try:
        if key is None:
            problem = _("This criterion is not one of your levels’.")
        else:
            evidence = EntryChange(evidence=[Support(key, is_primary=True)])
            tray.change_candidates(request.user, [candidate.pk], change=evidence)
    except JournalError as error:
        problem = str(error)
    if not request.htmx:
        if problem:
            messages.error(request, problem)
        return HttpResponseRedirect(list_of(candidate))
    candidate.refresh_from_db()
    return show_row(request, candidate, problem=problem)


@require_POST
def candidate_split(request: SignedInRequest, pk: int) -> HttpResponse:
    candidate = find_candidate(request.user, pk)
    form = SplitForm(request.POST)
    if form.is_valid():
        try:
            made = tray.split(candidate, titles=form.titles())
        except JournalError as error:
            form.add_error("lines", str(error))
        else:
            messages.success(request, _("It is %(count)d now.") % {"count": len(made)})
            return HttpResponseRedirect(list_of(candidate))
    context = {"form": form, "candidate": candidate}
    return render_page(request, "journal/candidate_split.html", context, status=422)
