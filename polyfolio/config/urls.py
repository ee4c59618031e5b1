"""Where each address leads. Doors bring their own."""

from django.urls import include, path

urlpatterns = [
    path("api/v1/", include("polyfolio.api.urls")),
    path("", include("polyfolio.web.urls")),
]
