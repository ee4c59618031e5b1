from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SensemakingConfig(AppConfig):
    name = "polyfolio.sensemaking"
    label = "sensemaking"

    def ready(self) -> None:
        from polyfolio.audit.listeners import listen
        from polyfolio.notify.steps import register as register_steps
        from polyfolio.people import scopes
        from polyfolio.people.personal import register as register_personal
        from polyfolio.portfolios.documents import contribute
        from polyfolio.sensemaking import documents, indexing, origins, personal, steps, subjects
        from polyfolio.sensemaking.actions import comments, frames
        from polyfolio.sensemaking.models import Exploration
        from polyfolio.sensemaking.queries import discussions, explorations

        contribute(documents.facets_and_zones)
        subjects.register_all()
        register_personal("comments", export=discussions.held_about, erase=comments.forget)
        register_steps(steps.unplaced)
        register_steps(steps.own_unplaced)
        register_steps(steps.decisions_due)
        register_personal("explorations", export=personal.held_about, erase=personal.forget)
        scopes.register(Exploration, explorations.scopes_of)
        origins.register_all()
        indexing.register_all()
        listen(indexing.note_changes)
        post_migrate.connect(frames.ensure_builtin, sender=self, dispatch_uid="polyfolio.sensemaking.frames")
