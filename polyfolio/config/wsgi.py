"""What a server (Granian) calls."""

import os

from django.core.wsgi import get_wsgi_application

from polyfolio.lib.memory import settle

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "polyfolio.config.settings")

application = get_wsgi_application()
settle()
