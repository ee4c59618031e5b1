"""Who may write an initiative's results: whoever edits the initiative."""

from __future__ import annotations

from polyfolio.lib.permissions import allow
from polyfolio.portfolios.rules import edits_initiative

allow("reporting.edit_results", edits_initiative)
