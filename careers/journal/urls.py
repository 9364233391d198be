from django.urls import path, register_converter

from careers.journal.converters import WeekConverter
from careers.journal.views import entries, lists, projects

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
    path("trash/", lists.trash, name="trash"),
    path("weeks/<week:monday>/", lists.week_detail, name="week_detail"),
    path("weeks/<week:monday>/quiet/", lists.week_quiet, name="week_quiet"),
    path("projects/", projects.project_list, name="project_list"),
    path("projects/<int:pk>/", projects.project_detail, name="project_detail"),
    path("projects/<int:pk>/delete/", projects.project_delete, name="project_delete"),
]
