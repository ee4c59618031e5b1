"""What a merge brings over besides foreign keys: roles bound to the organisation, invitations, and files."""

from __future__ import annotations

from polyfolio.files.models import Attachment
from polyfolio.network.actions.merging import also_move
from polyfolio.network.models import Organisation
from polyfolio.people.choices import ScopeType
from polyfolio.people.models import Grant, Invitation


def grants(kept: Organisation, merged: Organisation) -> None:
    """Whoever held a role for the merged one holds it for the kept one, once."""
    scope = {"scope_type": ScopeType.ORGANISATION}
    held = set(Grant.objects.filter(**scope, scope_id=kept.pk).values_list("user_id", "role"))
    for grant in Grant.objects.filter(**scope, scope_id=merged.pk):
        if (grant.user_id, grant.role) in held:
            grant.delete()
        else:
            grant.scope_id = kept.pk
            grant.save(update_fields=["scope_id"])


def invitations(kept: Organisation, merged: Organisation) -> None:
    Invitation.objects.filter(scope_type=ScopeType.ORGANISATION, scope_id=merged.pk).update(
        scope_id=kept.pk, scope_label=str(kept)
    )


def attachments(kept: Organisation, merged: Organisation) -> None:
    Attachment.objects.filter(subject_type="organisation", subject_id=merged.pk).update(subject_id=kept.pk)


def register_all() -> None:
    for move in (grants, invitations, attachments):
        also_move(move)
