"""Coming in, and what people say of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from allauth.account.views import LoginView, PasswordResetView
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from careers.people.actions import SetUpError, create_first_engineer
from careers.people.forms import PreferencesForm, SetUpForm
from careers.people.models import Engineer
from careers.web.pages import find_next

if TYPE_CHECKING:
    from careers.people.requests import SignedInRequest

DEMO_LOGINS = ("tomas@example.com", "sam@example.com", "admin@example.com")
BACKEND = settings.AUTHENTICATION_BACKENDS[0]


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@login_not_required
def account_login(request: HttpRequest) -> HttpResponseBase:
    """allauth's sign-in; while there is no account it leads to the page that makes the first."""
    if not Engineer.objects.exists():
        return redirect("set_up")
    context = {
        "is_demo": settings.IS_DEMO,
        "demo_logins": DEMO_LOGINS,
        "can_send_mail": settings.CAN_SEND_MAIL,
    }
    response: HttpResponseBase = LoginView.as_view(extra_context=context)(request)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "code")
@login_not_required
def set_up(request: HttpRequest) -> HttpResponse:
    """The first account, by the code that the console printed; gone once there is one."""
    if Engineer.objects.exists():
        raise Http404
    form = SetUpForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            engineer = create_first_engineer(**form.cleaned_data)
        except SetUpError as error:
            form.add_error("code", str(error))
        else:
            login(request, engineer, BACKEND)
            return redirect("home")
    return render(request, "people/set_up.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@login_not_required
def demo_sign_in(request: HttpRequest) -> HttpResponse:
    """Enter a demo as Maya in one click; elsewhere there is no such address."""
    if not settings.IS_DEMO:
        raise Http404
    login(request, get_object_or_404(Engineer, email="maya@example.com"), BACKEND)
    return redirect(find_next(request, fallback="home"))


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
def account_reset_password(request: HttpRequest) -> HttpResponseBase:
    """allauth's form that sends a link; without mail, the sentence that says who can help."""
    if not settings.CAN_SEND_MAIL:
        return render(request, "people/password_reset_by_hand.html")
    response: HttpResponseBase = PasswordResetView.as_view()(request)
    return response


@require_safe
def account_email(request: HttpRequest) -> HttpResponse:
    """In the place of allauth's page for several addresses: everybody has the one they sign in by,
    and an administrator changes it."""
    return redirect("preferences")


@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: SignedInRequest) -> HttpResponse:
    engineer = Engineer.objects.get(pk=request.user.pk)  # the page's head keeps the saved name
    form = PreferencesForm(request.POST if request.method == "POST" else None, instance=engineer)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("preferences")
    return render(
        request, "people/preferences.html", {"form": form}, status=422 if form.errors else 200
    )
