"""What each problem says to the person who reads the report: what happened, what was done, what to do."""

from polyfolio.exchange.iati.wordings.activity import ACTIVITY_WORDINGS
from polyfolio.exchange.iati.wordings.file import FILE_WORDINGS
from polyfolio.exchange.iati.wordings.values import VALUE_WORDINGS
from polyfolio.exchange.iati.wordings.wording import Wording
from polyfolio.exchange.iati.wordings.writing import WRITING_WORDINGS

WORDINGS: dict[str, Wording] = {**FILE_WORDINGS, **ACTIVITY_WORDINGS, **VALUE_WORDINGS, **WRITING_WORDINGS}

__all__ = ["WORDINGS", "Wording"]
