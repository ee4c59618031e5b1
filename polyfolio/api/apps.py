from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "polyfolio.api"
    label = "api"
