from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "polyfolio.web"
    label = "web"
