"""The application for a WSGI server: `gunicorn config.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("KLUBBSLAG_DB_POOL", "6")  # a server keeps its connections; a command does not

application = get_wsgi_application()
import_string("protocols.actions.background.start")()  # by name: it needs the set-up above
