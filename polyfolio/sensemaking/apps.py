from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SensemakingConfig(AppConfig):
    name = "polyfolio.sensemaking"
    label = "sensemaking"

    def ready(self) -> None:
        from polyfolio.audit import subjects
        from polyfolio.notify.steps import register as register_steps
        from polyfolio.portfolios.documents import contribute
        from polyfolio.sensemaking import documents, steps
        from polyfolio.sensemaking.actions import frames
        from polyfolio.sensemaking.models import SupportStructure

        contribute(documents.facets_and_zones)
        register_steps(steps.unplaced)
        subjects.register(SupportStructure, change="sensemaking.keep_supports")
        post_migrate.connect(frames.ensure_builtin, sender=self, dispatch_uid="polyfolio.sensemaking.frames")
