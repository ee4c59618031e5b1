from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "polyfolio.people"
    label = "people"

    def ready(self) -> None:
        from polyfolio.lib import health
        from polyfolio.people.health import database_probe, settings_probe, storage_probe

        health.register("settings", settings_probe)
        health.register("storage", storage_probe)
        health.register("database", database_probe)
