"""Setting a portfolio's own thresholds for its flags."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.arithmetic.flags import DEFAULTS, LIMITS
from polyfolio.sensemaking.choices import FlagCode
from polyfolio.sensemaking.models import FlagRule

LONGEST = 2000


def set_rule(
    *, portfolio: Portfolio, code: str, threshold: int, is_on: bool, by: User, at: datetime, note: str = ""
) -> bool:
    """Set a flag's threshold, or leave the flag off; says whether anything differs from before."""
    require(by, "sensemaking.set_flags", portfolio)
    if code not in FlagCode.values:
        raise RefusedError(_("There is no such flag."), field="code")
    least, most = LIMITS[FlagCode(code)]
    if not least <= threshold <= most:
        raise RefusedError(
            _("Give a number from %(least)s to %(most)s.") % {"least": least, "most": most}, field="threshold"
        )
    if len(note) > LONGEST:
        raise RefusedError(_("Say it in fewer than %s letters.") % LONGEST, field="note")
    after = {"threshold": threshold, "is_on": is_on, "note": note.strip()}
    with transaction.atomic():
        row = FlagRule.objects.select_for_update(of=("self",)).filter(portfolio=portfolio, code=code).first()
        before = {"threshold": DEFAULTS[FlagCode(code)], "is_on": True, "note": ""}
        if row is not None:
            before = {name: getattr(row, name) for name in before}
        if before == after:
            return False
        FlagRule.objects.update_or_create(portfolio=portfolio, code=code, defaults=after)
        named = {"flag": str(FlagCode(code).label)}
        changes.write(record=portfolio, verb="portfolio.set_flag", by=by, at=at, before=before, after=named | after)
    return True
