"""Who may write an initiative's money: whoever edits the initiative."""

from __future__ import annotations

from polyfolio.lib.permissions import allow
from polyfolio.portfolios.rules import edits_initiative

allow("funding.edit_money", edits_initiative)
