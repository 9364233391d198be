from django.urls import path

from careers.ladders.views import between, editions, ladders, publishing

app_name = "ladders"
urlpatterns = [
    path("", ladders.ladder_list, name="ladder_list"),
    path("mine/", ladders.placement_edit, name="placement_edit"),
    path("mine/publish/", publishing.ladder_publish, name="ladder_publish"),
    path("mine/<int:pk>/delete/", ladders.placement_delete, name="placement_delete"),
    path("<slug:slug>/", ladders.ladder_detail, name="ladder_detail"),
    path("<slug:slug>/delete/", publishing.ladder_delete, name="ladder_delete"),
    path("<slug:slug>/ladder.yaml", editions.ladder_export, name="ladder_export"),
    path("<slug:slug>/editions/", editions.edition_list, name="edition_list"),
    path("<slug:slug>/editions/<int:number>/", editions.edition_detail, name="edition_detail"),
    path(
        "<slug:slug>/editions/<int:number>/ladder.yaml",
        editions.edition_export,
        name="edition_export",
    ),
    path("<slug:slug>/levels/<slug:code>/", ladders.level_detail, name="level_detail"),
    path("<slug:slug>/diff/", between.level_diff, name="level_diff"),
    path(
        "<slug:slug>/transitions/<slug:from_code>/<slug:to_code>/",
        between.transition_detail,
        name="transition_detail",
    ),
    path("<slug:slug>/fork/", between.fork_detail, name="fork_detail"),
    path("<slug:slug>/archetypes/", between.archetype_list, name="archetype_list"),
]
