from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SensemakingConfig(AppConfig):
    name = "polyfolio.sensemaking"
    label = "sensemaking"

    def ready(self) -> None:
        from polyfolio.audit.listeners import listen
        from polyfolio.notify.steps import register as register_steps
        from polyfolio.portfolios.documents import contribute
        from polyfolio.sensemaking import documents, indexing, origins, steps, subjects
        from polyfolio.sensemaking.actions import frames

        contribute(documents.facets_and_zones)
        register_steps(steps.unplaced)
        register_steps(steps.decisions_due)
        subjects.register_all()
        origins.register_all()
        indexing.register_all()
        listen(indexing.note_changes)
        post_migrate.connect(frames.ensure_builtin, sender=self, dispatch_uid="polyfolio.sensemaking.frames")
