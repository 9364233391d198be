"""Every address of the site."""

from django.contrib import admin
from django.urls import include, path

from careers.web import views as web_views

urlpatterns = [
    path("", include("careers.home.urls")),
    path("journal/", include("careers.journal.urls")),
    path("ladders/", include("careers.ladders.urls")),
    path("coverage/", include("careers.coverage.urls")),
    path("feedback/", include("careers.feedback.urls")),
    path("", include("careers.sharing.urls")),
    path("packets/", include("careers.packets.urls")),
    path("accounts/", include("careers.people.urls")),
    path("admin/", admin.site.urls),
    path("healthz", web_views.healthz, name="healthz"),
    path("readyz", web_views.readyz, name="readyz"),
    path("robots.txt", web_views.robots, name="robots"),
]

handler400 = "careers.web.errors.bad_request"
handler403 = "careers.web.errors.forbidden"
handler404 = "careers.web.errors.not_found"
handler429 = "careers.web.errors.too_many_tries"  # allauth's throttle looks for it here
handler500 = "careers.web.errors.server_error"
