from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SensemakingConfig(AppConfig):
    name = "polyfolio.sensemaking"
    label = "sensemaking"

    def ready(self) -> None:
        from polyfolio.notify.steps import register as register_steps
        from polyfolio.people import scopes
        from polyfolio.people.personal import register as register_personal
        from polyfolio.portfolios.documents import contribute
        from polyfolio.sensemaking import documents, personal, steps, subjects
        from polyfolio.sensemaking.actions import frames
        from polyfolio.sensemaking.models import Exploration
        from polyfolio.sensemaking.queries.explorations import scopes_of

        contribute(documents.facets_and_zones)
        register_steps(steps.unplaced)
        scopes.register(Exploration, scopes_of)
        subjects.register_all()
        register_personal("explorations", export=personal.held_about, erase=personal.forget)
        post_migrate.connect(frames.ensure_builtin, sender=self, dispatch_uid="polyfolio.sensemaking.frames")
