from django.urls import include, path

from careers.people import views

# Ours come first: three of them stand in the place of allauth's.
urlpatterns = [
    path("login/", views.account_login, name="account_login"),
    path("password/reset/", views.account_reset_password, name="account_reset_password"),
    path("email/", views.account_email, name="account_email"),
    path("set-up/", views.set_up, name="set_up"),
    path("demo/", views.demo_sign_in, name="demo_sign_in"),
    path("preferences/", views.preferences, name="preferences"),
    path("", include("allauth.urls")),
]
