"""The application for a WSGI server: `gunicorn config.wsgi`."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
os.environ.setdefault("KLUBBSLAG_DB_POOL", "6")  # a server keeps its connections; a command does not

application = get_wsgi_application()
for name in ("sending", "signing_loop"):
    import_string(f"protocols.actions.{name}.start")()  # by name: they need the set-up above
