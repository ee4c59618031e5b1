from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "polyfolio.exchange"
    label = "exchange"

    def ready(self) -> None:
        from polyfolio.exchange import rules, subscribers
        from polyfolio.exchange.events import ImportEnded, ImportQueued
        from polyfolio.exchange.queries import steps
        from polyfolio.lib.events import subscribe
        from polyfolio.notify import steps as next_steps

        subscribe(ImportQueued, subscribers.nudge)
        subscribe(ImportEnded, subscribers.nudge_next)
        next_steps.register(steps.matches_to_decide)
        next_steps.register(steps.goals_to_choose)
