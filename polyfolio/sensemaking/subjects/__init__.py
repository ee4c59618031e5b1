"""How the log speaks of this room's records, and what may be taken back."""

from polyfolio.sensemaking.subjects import looking_back, talking, what_if


def register_all() -> None:
    for part in (talking, what_if, looking_back):
        part.register()
