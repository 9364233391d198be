"""Pages of projects: what counts as one example."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.journal.forms.entries import (
    ProjectForm,
)
from careers.journal.forms.lists import (
    PageForm,
)
from careers.journal.listing import journal_page, projects_with_counts
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest


@require_safe
def project_list(request: SignedInRequest) -> HttpResponse:
    context = {"projects": projects_with_counts(request.user)}
    return render_page(request, "journal/project_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def project_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    project = get_object_or_404(request.user.projects, pk=pk)
    form = ProjectForm(request.POST if request.method == "POST" else None, instance=project)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("The project is saved."))
        return redirect("journal:project_detail", pk)
    status = 422 if form.errors else 200
    paging = PageForm(request.GET)
    if not paging.is_valid():
        status = 422
    entries = request.user.entries.live().filter(project_id=pk)
    before = paging.cleaned_data.get("before")
    context = {
        "form": form,
        "project": request.user.projects.get(pk=pk),
        "page": journal_page(request.user, entries, before=before),
        "paging": paging,
    }
    return render_page(request, "journal/project_detail.html", context, status=status)


@require_POST
def project_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    """Deletes the project; its entries stay, without one."""
    project = get_object_or_404(request.user.projects, pk=pk)
    project.delete()
    messages.success(
        request,
        _("The project “%(title)s” is gone; its entries are kept.") % {"title": project.title},
    )
    return redirect("journal:project_list")
