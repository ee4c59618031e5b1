"""The cards that workshops play with, on a screen or printed on a table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class Card:
    title: StrPromise
    text: StrPromise


KIND_WORDS: Mapping[str, StrPromise] = {
    "activity": _("Activity"),
    "driver": _("Driver of transition"),
    "support": _("Support"),
    "move": _("Move"),
}

DECK: Mapping[str, Sequence[Card]] = {
    "activity": (
        Card(_("A bold goal"), _("Several partners work backwards from one result that everybody can name.")),
        Card(_("Doing it better"), _("Something that runs already becomes cheaper, quicker or kinder.")),
        Card(_("Somebody asked"), _("People affected said what they need, and it was tried at once.")),
        Card(_("A different tomorrow"), _("Nobody knows whether this future comes; it is explored before it does.")),
        Card(_("A pilot without a home"), _("It works, and no organisation has it in its budget.")),
        Card(_("Quiet work"), _("Nobody talks about it, and everything else leans on it.")),
    ),
    "driver": (
        Card(_("Scandal or crisis"), _("Something broke in public. What may move now that could not before?")),
        Card(_("Society"), _("People live differently than the rules assume.")),
        Card(_("Technology"), _("What was too dear last year costs little today.")),
        Card(_("Politics"), _("A new mandate, a new law, or an election ahead.")),
        Card(_("Learning"), _("An evaluation shows what works and what does not.")),
        Card(_("Money"), _("A fund opens, or one ends.")),
    ),
    "support": (
        Card(_("A unit"), _("A team whose work it is to help others change.")),
        Card(_("A fund"), _("Money that may be spent on what is not certain.")),
        Card(_("A method"), _("A way of working that several initiatives share.")),
        Card(_("A way to buy"), _("A procurement route that lets the new in.")),
        Card(_("A lab"), _("A room where failing costs little.")),
        Card(_("A skill programme"), _("People learn together what none of them could.")),
    ),
    "move": (
        Card(_("Start"), _("Begin something that is missing.")),
        Card(_("Connect"), _("Bring two initiatives to one table.")),
        Card(_("Boost"), _("Give more to what works: money, people or cover.")),
        Card(_("Merge"), _("Make one of two that do the same.")),
        Card(_("Hand over"), _("Let somebody else run it from now on.")),
        Card(_("Pause or stop"), _("Make room, and say thank you.")),
    ),
}
