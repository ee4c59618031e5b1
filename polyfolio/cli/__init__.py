"""The `polyfolio` command."""

from __future__ import annotations

import os
import sys
from importlib import import_module


def main() -> None:
    """Set up Django, then run the command; a wrong setting is named with its remedy instead of a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polyfolio.config.settings")
    if sys.argv[1:2] == ["demo"]:
        os.environ.setdefault("POLYFOLIO_DEMO", "1")
    try:
        import_module("django").setup()
    except import_module("django.core.exceptions").ImproperlyConfigured as error:
        sys.stderr.write(f"Polyfolio cannot start:\n{error}\n")
        sys.exit(78)
    import_module("polyfolio.cli.commands").app()
