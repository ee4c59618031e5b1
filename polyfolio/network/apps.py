from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "polyfolio.network"
    label = "network"

    def ready(self) -> None:
        from polyfolio.audit.listeners import listen
        from polyfolio.lib.events import subscribe
        from polyfolio.network import documents, indexing, moves, personal, scopes, steps, subjects, subscribers
        from polyfolio.notify.steps import register as register_steps
        from polyfolio.people.events import InvitationAccepted
        from polyfolio.people.personal import register as register_personal

        scopes.register_all()
        subjects.register_all()
        moves.register_all()
        documents.register_all()
        listen(indexing.note_changes)
        register_steps(steps.gaps)
        register_personal("person", export=personal.held_about, erase=personal.forget)
        subscribe(InvitationAccepted, subscribers.link_person)
