from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "polyfolio.demo"
    label = "demo"
