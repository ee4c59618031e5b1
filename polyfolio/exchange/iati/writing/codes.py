"""Which codes exist: the lists that the installation has loaded, and those that come with it."""

from __future__ import annotations

from collections import defaultdict

import moneyed
import pycountry

from polyfolio.exchange.iati.codelists import LoadedCodeLists
from polyfolio.exchange.iati.writing.mapping.crosswalk import crosswalk
from polyfolio.funding.choices import IATI_TRANSACTION_TYPES
from polyfolio.vocabulary.models import Code


def known_codes() -> LoadedCodeLists:
    """The lists to check codes against; of a list that is neither loaded nor built in every code passes."""
    lists: dict[str, set[str]] = defaultdict(set)
    for name, code in Code.objects.values_list("code_list__name", "code").iterator():
        lists[name].add(code)
    for name, codes in _built_in().items():
        if name not in lists:
            lists[name] = codes
    return LoadedCodeLists(lists)


def _built_in() -> dict[str, set[str]]:
    """Fixed with the standard, or known from ISO: enough to notice a wrong code without loading anything."""
    words = crosswalk()
    return {
        "ActivityStatus": set(words.statuses),
        "OrganisationRole": set(words.roles),
        "ResultType": set(words.result_levels),
        "TransactionType": set(IATI_TRANSACTION_TYPES),
        "ActivityDateType": set("1234"),
        "BudgetType": set("12"),
        "BudgetStatus": set("12"),
        "RelatedActivityType": set("12345"),
        "IndicatorMeasure": set("12345"),
        "UNSDG-Goals": {str(goal) for goal in range(1, 18)},
        "Country": {country.alpha_2 for country in pycountry.countries} | {"XK"},
        "Language": {language.alpha_2 for language in pycountry.languages if hasattr(language, "alpha_2")},
        # Currencies of old transactions are known to one, those of new ones to the other.
        "Currency": (set(moneyed.CURRENCIES) | {currency.alpha_3 for currency in pycountry.currencies}) - {"XYZ"},
    }
