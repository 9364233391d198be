from django.urls import path, re_path

from careers.sharing import views

app_name = "sharing"
urlpatterns = [
    path("packets/shares/", views.share_list, name="share_list"),
    path("packets/shares/<int:pk>/revoke/", views.share_revoke, name="share_revoke"),
    path("packets/shares/<int:pk>/rotate/", views.share_rotate, name="share_rotate"),
    path(
        "packets/<int:pk>/snapshots/<int:number>/shares/", views.share_create, name="share_create"
    ),
    path("s/<slug:token>/", views.shared_snapshot, name="shared_snapshot"),
    path("s/<slug:token>/packet.pdf", views.shared_pdf, name="shared_pdf"),
    re_path(r"^s/", views.nothing_here, name="nothing_here"),
    path("verify/", views.verify, name="verify"),
]
