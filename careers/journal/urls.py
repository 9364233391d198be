from django.urls import path, register_converter

from careers.journal.converters import WeekConverter
from careers.journal.views import carrying, entries, lists, projects, tray

register_converter(WeekConverter, "week")

app_name = "journal"
urlpatterns = [
    path("", lists.entry_list, name="entry_list"),
    path("entries/", entries.entry_create, name="entry_create"),
    path("entries/bulk/", lists.entry_bulk_update, name="entry_bulk_update"),
    path("entries/<int:pk>/", entries.entry_detail, name="entry_detail"),
    path("entries/<int:pk>/row/", entries.entry_row, name="entry_row"),
    path("entries/<int:pk>/edit/", entries.entry_edit, name="entry_edit"),
    path("entries/<int:pk>/trash/", entries.entry_trash, name="entry_trash"),
    path("entries/<int:pk>/restore/", entries.entry_restore, name="entry_restore"),
    path("entries/<int:pk>/project/", entries.entry_own_project, name="entry_own_project"),
    path("entries/<int:pk>/history/", entries.entry_history, name="entry_history"),
    path(
        "entries/<int:pk>/history/<int:number>/",
        entries.revision_restore,
        name="revision_restore",
    ),
    path("carry/", carrying.evidence_carry, name="evidence_carry"),
    path("trash/", lists.trash, name="trash"),
    path("export/journal.<slug:ending>", lists.journal_export, name="journal_export"),
    path("tray/", tray.tray_list, name="tray_list"),
    path("tray/preview/", tray.tray_preview, name="tray_preview"),
    path("tray/fill/", tray.tray_fill, name="tray_fill"),
    path("tray/bulk/", tray.tray_bulk, name="tray_bulk"),
    path("tray/<int:pk>/", tray.candidate_detail, name="candidate_detail"),
    path("tray/<int:pk>/row/", tray.candidate_row, name="candidate_row"),
    path("tray/<int:pk>/accept/", tray.candidate_accept, name="candidate_accept"),
    path("tray/<int:pk>/dismiss/", tray.candidate_dismiss, name="candidate_dismiss"),
    path("tray/<int:pk>/restore/", tray.candidate_restore, name="candidate_restore"),
    path("tray/<int:pk>/split/", tray.candidate_split, name="candidate_split"),
    path("tray/<int:pk>/tag/", tray.candidate_tag, name="candidate_tag"),
    path("weeks/<week:monday>/", lists.week_detail, name="week_detail"),
    path("weeks/<week:monday>/quiet/", lists.week_quiet, name="week_quiet"),
    path("projects/", projects.project_list, name="project_list"),
    path("projects/<int:pk>/", projects.project_detail, name="project_detail"),
    path("projects/<int:pk>/delete/", projects.project_delete, name="project_delete"),
]
