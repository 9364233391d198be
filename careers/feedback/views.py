"""What others said, recorded by its owner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from careers.feedback.forms import QuoteForm
from careers.feedback.models import Quote
from careers.journal.evidence import criteria_choices
from careers.web.pages import render_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from careers.people.requests import SignedInRequest


@require_http_methods(["GET", "HEAD", "POST"])
def quote_list(request: SignedInRequest) -> HttpResponse:
    form = quote_form(request, Quote())
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("The quote is kept."))
        return redirect("feedback:quote_list")
    quotes = request.user.quotes.select_related("entry", "project").prefetch_related("criteria")
    context = {"form": form, "quotes": quotes.order_by("-said_on", "-pk")}
    status = 422 if form.errors else 200
    return render_page(request, "feedback/quote_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def quote_detail(request: SignedInRequest, pk: int) -> HttpResponse:
    quote = get_object_or_404(request.user.quotes, pk=pk)
    form = quote_form(request, quote)
    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            form.save()
        messages.success(request, _("The quote is saved."))
        return redirect("feedback:quote_list")
    context = {"form": form, "quote_id": pk}
    status = 422 if form.errors else 200
    return render_page(request, "feedback/quote_detail.html", context, status=status)


def quote_form(request: SignedInRequest, quote: Quote) -> QuoteForm:
    choices = criteria_choices(request.user)
    data = request.POST if request.method == "POST" else None
    return QuoteForm(data, instance=quote, engineer=request.user, criteria=choices)


@require_POST
def quote_delete(request: SignedInRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.user.quotes, pk=pk).delete()
    messages.success(request, _("The quote is gone."))
    return redirect("feedback:quote_list")
