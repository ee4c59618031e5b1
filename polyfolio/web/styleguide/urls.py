"""The style page is for those who build pages, so it exists only where debugging is on."""

from django.conf import settings
from django.urls import URLPattern, path

from polyfolio.web.styleguide.views import styleguide

urlpatterns: list[URLPattern] = [path("styleguide/", styleguide, name="styleguide")] if settings.DEBUG else []
