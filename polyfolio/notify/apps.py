from django.apps import AppConfig


class NotifyConfig(AppConfig):
    name = "polyfolio.notify"
    label = "notify"

    def ready(self) -> None:
        from polyfolio.lib import health
        from polyfolio.lib.events import subscribe
        from polyfolio.notify import pulse, queries, subscribers
        from polyfolio.notify.actions import mails, notices
        from polyfolio.notify.events import MailQueued
        from polyfolio.people import personal, post

        post.register(mails.queue)
        subscribe(MailQueued, subscribers.nudge)
        personal.register("notices", export=queries.held_about, erase=notices.forget)
        health.register("worker", pulse.probe)
