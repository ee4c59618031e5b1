"""Code lists at hand: `load` a file, and `code_label` for a name."""

from polyfolio.vocabulary.actions.codelists import CodeListError, Loaded, load
from polyfolio.vocabulary.queries import code_label, codes_of

__all__ = ["CodeListError", "Loaded", "code_label", "codes_of", "load"]
