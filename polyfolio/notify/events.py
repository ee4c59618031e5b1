"""News of this room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MailQueued:
    """A mail waits to be sent."""

    mail_id: int
