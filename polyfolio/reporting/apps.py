from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "polyfolio.reporting"
    label = "reporting"
