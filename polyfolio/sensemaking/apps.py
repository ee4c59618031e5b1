from django.apps import AppConfig
from django.db.models.signals import post_migrate


class SensemakingConfig(AppConfig):
    name = "polyfolio.sensemaking"
    label = "sensemaking"

    def ready(self) -> None:
        from polyfolio.notify.steps import register as register_steps
        from polyfolio.people import personal
        from polyfolio.portfolios.documents import contribute
        from polyfolio.sensemaking import documents, steps, subjects, what_if_subjects
        from polyfolio.sensemaking.actions import comments, frames
        from polyfolio.sensemaking.queries import discussions

        contribute(documents.facets_and_zones)
        subjects.register()
        personal.register("comments", export=discussions.held_about, erase=comments.forget)
        register_steps(steps.unplaced)
        register_steps(steps.own_unplaced)
        what_if_subjects.register()
        post_migrate.connect(frames.ensure_builtin, sender=self, dispatch_uid="polyfolio.sensemaking.frames")
