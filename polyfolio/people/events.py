"""News of this room."""

from dataclasses import dataclass


@dataclass(frozen=True)
class InvitationAccepted:
    """Somebody took up an invitation that was sent to `email`, and so has shown that this address is theirs."""

    user_id: int
    email: str
