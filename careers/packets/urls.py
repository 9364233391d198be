from django.urls import path

from careers.packets import views

app_name = "packets"
urlpatterns = [
    path("", views.packet_list, name="packet_list"),
    path("<int:pk>/", views.packet_detail, name="packet_detail"),
    path("<int:pk>/preview/", views.packet_preview, name="packet_preview"),
    path("<int:pk>/freeze/", views.packet_freeze, name="packet_freeze"),
    path("<int:pk>/history/", views.packet_history, name="packet_history"),
    path("<int:pk>/history/<int:number>/", views.draft_restore, name="draft_restore"),
    path("<int:pk>/delete/", views.packet_delete, name="packet_delete"),
    path("<int:pk>/snapshots/<int:number>/", views.snapshot_detail, name="snapshot_detail"),
    path("<int:pk>/snapshots/<int:number>/packet.pdf", views.snapshot_pdf, name="snapshot_pdf"),
    *(
        path(
            f"<int:pk>/snapshots/<int:number>/packet.{kind}",
            views.snapshot_export,
            {"kind": kind},
            name=f"snapshot_{kind}",
        )
        for kind in ("html", "md", "json")
    ),
    path(
        "<int:pk>/snapshots/<int:number>/withdraw/",
        views.snapshot_withdraw,
        name="snapshot_withdraw",
    ),
    path(
        "<int:pk>/snapshots/<int:number>/destroy/",
        views.snapshot_destroy,
        name="snapshot_destroy",
    ),
]
