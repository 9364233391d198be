from django.urls import path

from careers.coverage import views

app_name = "coverage"
urlpatterns = [path("", views.coverage, name="coverage")]
