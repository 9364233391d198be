from django.urls import path

from careers.ladders import views

app_name = "ladders"
urlpatterns = [
    path("", views.ladder_list, name="ladder_list"),
    path("mine/", views.placement_edit, name="placement_edit"),
    path("mine/<int:pk>/delete/", views.placement_delete, name="placement_delete"),
    path("<slug:slug>/", views.ladder_detail, name="ladder_detail"),
    path("<slug:slug>/ladder.yaml", views.ladder_export, name="ladder_export"),
    path(
        "<slug:slug>/editions/<int:number>/ladder.yaml", views.edition_export, name="edition_export"
    ),
    path("<slug:slug>/levels/<slug:code>/", views.level_detail, name="level_detail"),
]
