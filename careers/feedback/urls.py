from django.urls import path

from careers.feedback import views

app_name = "feedback"
urlpatterns = [
    path("quotes/", views.quote_list, name="quote_list"),
    path("quotes/<int:pk>/", views.quote_detail, name="quote_detail"),
    path("quotes/<int:pk>/delete/", views.quote_delete, name="quote_delete"),
]
