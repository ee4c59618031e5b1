from django.apps import AppConfig


class PortfoliosConfig(AppConfig):
    name = "polyfolio.portfolios"
    label = "portfolios"

    def ready(self) -> None:
        from polyfolio.audit.listeners import listen
        from polyfolio.notify.steps import register as register_steps
        from polyfolio.people import scopes
        from polyfolio.portfolios import documents, indexing, steps, subjects
        from polyfolio.portfolios.models import Entry, Initiative, Portfolio, Resource
        from polyfolio.portfolios.queries import standing

        scopes.register(Initiative, standing.of_initiative)
        scopes.register(Resource, standing.of_resource)
        scopes.register(Portfolio, standing.of_portfolio, scope_type="portfolio")
        scopes.register(Entry, standing.of_entry)
        subjects.register()
        documents.register_all()
        listen(indexing.note_changes)
        register_steps(steps.admissions)
        register_steps(steps.dormancy)
        register_steps(steps.goals_to_choose)
