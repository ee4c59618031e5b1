from django.apps import AppConfig
from django.db.models.signals import post_migrate


class VocabularyConfig(AppConfig):
    name = "polyfolio.vocabulary"
    label = "vocabulary"

    def ready(self) -> None:
        from polyfolio.vocabulary import starters

        post_migrate.connect(starters.load_themes, sender=self)
