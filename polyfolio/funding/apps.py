from django.apps import AppConfig


class FundingConfig(AppConfig):
    name = "polyfolio.funding"
    label = "funding"
