from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "polyfolio.search"
    label = "search"

    def ready(self) -> None:
        from polyfolio.search import health, subscribers

        subscribers.connect()
        health.connect()
