"""Columns that are worked out from others when a row is saved, so that look-alikes are found by an index."""

from __future__ import annotations

from typing import Any

from django.db import models

from polyfolio.lib.names import name_key, web_domain
from polyfolio.lib.texts import best_text


class NameKeyField(models.CharField[str, str]):
    """The folded name of an organisation: its title in the best language."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: ARG002  # Django's own signature
        key = name_key(best_text(model_instance.title))
        setattr(model_instance, self.attname, key)
        return key


class OtherKeysField(models.TextField[str, str]):
    """Every other folded name, each between bars: `|un environment|unep|`."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: ARG002  # Django's own signature
        names = [*model_instance.title.values(), *model_instance.other_names, model_instance.acronym]
        keys = dict.fromkeys(key for name in names if (key := name_key(str(name))))
        joined = f"|{'|'.join(keys)}|" if keys else ""
        setattr(model_instance, self.attname, joined)
        return joined


class DomainField(models.CharField[str, str]):
    """The domain of the organisation's website."""

    def pre_save(self, model_instance: Any, add: bool) -> str:  # noqa: ARG002  # Django's own signature
        domain = web_domain(model_instance.website)[:200]
        setattr(model_instance, self.attname, domain)
        return domain
