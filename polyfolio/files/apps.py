from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "polyfolio.files"
    label = "files"

    def ready(self) -> None:
        from polyfolio.files import queries
        from polyfolio.people import personal

        personal.register("files", export=queries.held_about)
