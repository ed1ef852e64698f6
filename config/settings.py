"""Every setting of an installation. What differs between installations is read from the environment.

Without any variable set it is a safe installation on this machine alone: embedded database, no debugging,
no default password, mail printed to the terminal.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import django_stubs_ext
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from config.database import database_settings
from config.environment import env_bool, env_int, env_list, env_path, env_secret, env_str
from config.mail import mail_settings

django_stubs_ext.monkeypatch()  # ModelAdmin[Person] is then also for Python what it is for mypy

BASE_DIR = Path(__file__).resolve().parent.parent

# --- Where it runs -----------------------------------------------------------------------------------------

#: Everything that a run writes: database, uploaded files, collected static files, the secret key.
DATA_DIR = env_path("KLUBBSLAG_DATA", BASE_DIR / ".data")
DEBUG = env_bool("KLUBBSLAG_DEBUG", default=False)
#: All parts of the look on one page, /komponenter/, for developers and the browser tests.
GALLERY = DEBUG
#: A proxy in front speaks HTTPS with the world and tells so in X-Forwarded-Proto and X-Forwarded-For.
HTTPS = env_bool("KLUBBSLAG_HTTPS", default=False)
#: The demo region may be loaded into an empty database, with logins that everybody knows.
DEMO = env_bool("KLUBBSLAG_DEMO", default=not HTTPS)
ALLOWED_HOSTS = env_list("KLUBBSLAG_HOSTS", ["localhost", "127.0.0.1", "[::1]"])
SECRET_KEY = env_secret("KLUBBSLAG_SECRET_KEY", kept_in=None if HTTPS else DATA_DIR / "secret-key")
#: How the world reaches the site: printed on extracts, and on the terminal at the start.
SITE_ADDRESS = env_str(
    "KLUBBSLAG_ADDRESS", f"https://{ALLOWED_HOSTS[0]}" if HTTPS else "http://127.0.0.1:8000"
).rstrip("/")

# --- What it is made of ------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",  # its templates are found like all others, and can be replaced by ours
    "csp",
    "django_htmx",
    "django_prose_editor",
    "pgtrigger",
    "template_partials.apps.SimpleAppConfig",  # the loader is named below, in the open
    "config",
    "motions",
    "protocols",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",  # a static file needs no session and no policy
    "config.downloads.KeptMiddleware",  # nor does a paper that was handed out before
    "csp.middleware.CSPMiddleware",
    "config.http.RequestSizeMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "config.http.RefusalMiddleware",  # innermost: what a view refuses becomes a page
]

#: Seconds between signs of life on a stream of news: a reader that has gone is noticed when it is written to.
NEWS_HEARTBEAT = 15.0

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_LOADERS: list[Any] = [
    "django.template.loaders.filesystem.Loader",
    "django.template.loaders.app_directories.Loader",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "config.context.site",
                "config.navigation.navigation",
            ],
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    _LOADERS if DEBUG else [("django.template.loaders.cached.Loader", _LOADERS)],
                )
            ],
            "builtins": ["template_partials.templatetags.partials"],
        },
    },
]
FORM_RENDERER = "config.forms.Renderer"

# --- Database ----------------------------------------------------------------------------------------------

DATABASES = {"default": database_settings(DATA_DIR)}

# --- Language and time -------------------------------------------------------------------------------------

LANGUAGE_CODE = "sv"
LOCALE_PATHS = [BASE_DIR / "config" / "locale"]
#: Offered to the browser: Swedish is written in the source, another language needs its catalogue, since half
#: a translation helps nobody.
LANGUAGES = [
    (code, name)
    for code, name in [("sv", _("Svenska")), ("en", _("Engelska"))]
    if code == "sv" or (LOCALE_PATHS[0] / code / "LC_MESSAGES" / "django.mo").exists()
]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

# --- Logins ------------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "motions.User"
AUTHENTICATION_BACKENDS = ["config.logins.ThrottledBackend"]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
#: Failed tries of one e-mail address from one network address before the password is no longer looked at.
LOGIN_TRIES = env_int("KLUBBSLAG_LOGIN_TRIES", 5)
LOGIN_PAUSE_MINUTES = env_int("KLUBBSLAG_LOGIN_PAUSE_MINUTES", 15)
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 60 * 60 * 2  # seconds: the link in the mail works for two hours
SESSION_COOKIE_AGE = 60 * 60 * 10  # seconds: a working day with its evening meeting, then log in again
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True  # the token is read from the page, never by a script from the cookie
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = HTTPS
CSRF_FAILURE_VIEW = "config.errors.csrf_failure"

# --- What the browser may do -------------------------------------------------------------------------------

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],  # the editor is loaded as a module of its own: no import map, no nonce
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^halsa$"]  # whoever watches the server asks it directly
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SILENCED_SYSTEM_CHECKS = [
    "security.W005",  # HSTS for subdomains: they belong to the organisation's other systems
    "security.W021",  # HSTS preload: an entry in the browsers' lists is the organisation's own decision
]

# --- Files -------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "config.fonts.FontFinder",
]
WHITENOISE_KEEP_ONLY_HASHED_FILES = True  # every page names the file by its content
STORAGES = {
    # Documents are handed out by views that look at who asks; no address leads to the folder itself.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": DATA_DIR / "files",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "config.static.StaticStorage"
    },
}
MEDIA_ROOT = DATA_DIR / "files"
#: Bytes of one form without its files: a long text must reach the form, which says what is too long.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
#: Bytes of one uploaded document; asked by the forms and, for a whole request, by `config.http`.
UPLOAD_MAX_BYTES = 25 * 1024 * 1024

# --- Papers ------------------------------------------------------------------------------------------------

#: Processes that set PDFs, for all of the site's workers together, and the seconds after which one is ended.
PRESSES = env_int("KLUBBSLAG_PRESSES", 2)
PRESS_SECONDS = env_int("KLUBBSLAG_PRESS_SECONDS", 60)

# --- Signatures --------------------------------------------------------------------------------------------

#: A PKCS#12 file with which verified minutes are signed (PAdES), and what opens it; without one nothing is.
SIGNING_CERTIFICATE = env_str("KLUBBSLAG_SIGNING_CERTIFICATE", "")
SIGNING_PASSPHRASE = env_str("KLUBBSLAG_SIGNING_PASSPHRASE", "")
#: The same for the organisation's seal on issued extracts.
SEAL_CERTIFICATE = env_str("KLUBBSLAG_SEAL_CERTIFICATE", "")
SEAL_PASSPHRASE = env_str("KLUBBSLAG_SEAL_PASSPHRASE", "")
#: The address of a time-stamping authority (RFC 3161): signatures and seals stay checkable for decades then.
TIMESTAMP_AUTHORITY = env_str("KLUBBSLAG_TIMESTAMP_AUTHORITY", "")
#: A file (PEM) with the root certificates of the authority, and of signers whose PKCS#12 file lacks theirs.
TRUST_ROOTS = env_str("KLUBBSLAG_TRUST_ROOTS", "")

# --- Mail --------------------------------------------------------------------------------------------------

_MAIL = mail_settings(env_str("KLUBBSLAG_EMAIL_URL", "console:"))
EMAIL_BACKEND = _MAIL.backend
EMAIL_HOST = _MAIL.host
EMAIL_PORT = _MAIL.port
EMAIL_HOST_USER = _MAIL.user
EMAIL_HOST_PASSWORD = _MAIL.password
EMAIL_USE_TLS = _MAIL.starttls
EMAIL_USE_SSL = _MAIL.tls
EMAIL_TIMEOUT = 10  # seconds: a dead mail server must not hold a page
DEFAULT_FROM_EMAIL = env_str("KLUBBSLAG_EMAIL_FROM", "Klubbslag <klubbslag@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Log ---------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"terminal": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["terminal"], "level": env_str("KLUBBSLAG_LOG_LEVEL", "WARNING").upper()},
    # Django's own handlers go (one would mail the administrators); everything reaches the terminal once.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        "django.server": {"level": "INFO"},
        # Where they warn they name whole certificates, with their holders' personal identity numbers.
        "pyhanko": {"level": "CRITICAL"},
        "pyhanko_certvalidator": {"level": "CRITICAL"},
    },
}
