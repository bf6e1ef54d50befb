"""All settings, read from the environment; in production a missing secret stops the start."""

import os
import re
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from astana.databases import databases
from astana.environment import Environment, read_file

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()
# Tests and checks name another file, as they are to find the same wherever they run.
read_file(os.environ.get("ENV_FILE", BASE_DIR / ".env"), has_to_exist="ENV_FILE" in os.environ)

DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEBUG:
        raise ImproperlyConfigured(
            "SECRET_KEY is not set and DEBUG is off. Set SECRET_KEY to a long random text in the "
            "environment or in .env (`make run` does that), or set DEBUG=1 to develop."
        )
    SECRET_KEY = "for-development-only-" + "0" * 40
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
if any("/" in host for host in ALLOWED_HOSTS):
    raise ImproperlyConfigured(
        f"ALLOWED_HOSTS is “{','.join(ALLOWED_HOSTS)}”. Set it to names of hosts, such as "
        "astana.example, without https:// and without a path."
    )
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
CSRF_FAILURE_VIEW = "astana.pages.errors.views.forged"

INSTALLED_APPS = [
    "astana",
    "astana.apps.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
    "django_tasks_db",
    "import_export",
    "simple_history",
    "template_partials",
]

MIDDLEWARE = [
    # Outermost: who watches the site needs neither https nor a name of a host.
    "astana.watching.middleware.watching",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    # Outside of whatever may set a cookie: what does is for one browser alone.
    "astana.caching.Caching",
    "astana.middleware.errors_for_programs",
    "astana.bounds.no_waiting_in_vain",
    "astana.middleware.bound_query_string",
    # Before whatever asks who it is: an answer that is kept is one to nobody in particular.
    "astana.caching.NotChanged",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "astana.bounds.Bounds",
    "astana.middleware.lead_on",
    "astana.middleware.lead_back",
    "astana.middleware.keep_typed",
    # After that against forged requests, whose token tells one page with forms from another.
    "astana.middleware.SentOnce",
]

if not env.bool("BEHIND_PROXY", default=False):
    # Inside of what serves the static files, which are compressed already.
    MIDDLEWARE.insert(MIDDLEWARE.index("csp.middleware.CSPMiddleware"), "astana.bounds.Compression")

ROOT_URLCONF = "astana.urls"
WSGI_APPLICATION = "astana.wsgi.application"
ASGI_APPLICATION = "astana.asgi.application"
AUTH_USER_MODEL = "astana.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:index"
LOGOUT_REDIRECT_URL = "home:index"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

DATABASES = databases(env, is_pooled=env.bool("DATABASE_POOL", default=not DEBUG), at=BASE_DIR)
# Pages of readers who are nobody in particular are read from a replica (astana/replica.py), unless
# it is more than so many seconds behind.
DATABASE_REPLICA_SECONDS = env.int("DATABASE_REPLICA_SECONDS", default=30)
if "replica" in DATABASES:
    MIDDLEWARE.insert(
        MIDDLEWARE.index("astana.bounds.no_waiting_in_vain"), "astana.replica.Replica"
    )

# What is shared between processes, such as the limits on tries, is a table of the database unless
# there is a Redis; while that is away, the table again. Each process keeps for itself what is
# derived from a dossier's version and, where there is no Redis, how often a client reads.
_cache_url = env.address("CACHE_URL", str, schemes=("redis", "rediss", "unix"))


def _shared(other: str) -> dict[str, object]:
    """Return the cache in the Redis, or the one that takes its place."""
    backend = "astana.shared_cache.RedisOrOther"
    ours = {"BACKEND": backend, "LOCATION": _cache_url, "OPTIONS": {"other": other}}
    return ours if _cache_url else _OTHERS[other]


_OTHERS: dict[str, dict[str, object]] = {
    "table": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "astana_cache",
        # What is pushed out is a try that does not count.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    },
    "process": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "process",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    # Compressed: some tens of kilobytes each.
    "pages": {
        "BACKEND": "astana.held_cache.Held",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 300},
    },
}
CACHES = _OTHERS | {
    "default": _shared("table"),
    "counts": _shared("process"),
    "comparisons": {
        "BACKEND": "astana.held_cache.Held",
        "LOCATION": "comparisons",
        "OPTIONS": {"MAX_ENTRIES": 60},
    },
    "shared_pages": _shared("pages"),
    "held": {
        "BACKEND": "astana.held_cache.Held",
        "LOCATION": "held",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
    # How each article of a dossier was read is a hundred thousand of small things in a large one.
    "counted": {
        "BACKEND": "astana.held_cache.Held",
        "LOCATION": "counted",
        "OPTIONS": {"MAX_ENTRIES": 30},
    },
}

# What takes longer than a page may is done by workers (`manage.py db_worker`), which share the
# work through the database.
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# E-mail is printed unless there is a server, such as smtp+tls://user:password@mail.example:587.
vars().update(
    env.address(
        "EMAIL_URL",
        env.email_url_config,
        schemes=[*env.EMAIL_SCHEMES],
        default="consolemail://",
    )
)
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="astana@localhost")
# What links in mails begin with: a request may name any host that this site answers to, so that
# only on one's own machine there need not be one.
SITE_URL = env.str("SITE_URL", default="")
if (SITE_URL or not DEBUG) and not re.fullmatch(r"https?://[^\s/?#@\\]+", SITE_URL):
    raise ImproperlyConfigured(
        f"SITE_URL is “{SITE_URL}”. Set it to the scheme and host of the site and nothing else, "
        "such as https://astana.example. Only with DEBUG on it can be left out."
    )

# Where the source code of this site is, for its readers; empty: the page of the licence says how.
SOURCE_CODE = env.address("SOURCE_CODE", str, schemes=("https", "http"))

# Where holes are reported (/.well-known/security.txt), and the day by which that is reviewed.
SECURITY_CONTACT = env.str("SECURITY_CONTACT", default="")
SECURITY_EXPIRES = env.str("SECURITY_EXPIRES", default="")
if SECURITY_CONTACT:
    if not re.fullmatch(r"(mailto:|https://|tel:)\S+", SECURITY_CONTACT):
        raise ImproperlyConfigured(
            f"SECURITY_CONTACT is “{SECURITY_CONTACT}”. Set it to an address such as "
            "mailto:security@astana.example or https://astana.example/security."
        )
    if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", SECURITY_EXPIRES):
        raise ImproperlyConfigured(
            f"SECURITY_EXPIRES is “{SECURITY_EXPIRES}”. Say until when the contact is good, within "
            "a year, such as 2027-01-01T00:00:00Z."
        )

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]

# Accounts. Nobody makes one without an invitation, unless the site is open to all; an address is
# verified, but an account that an admin made works without.
SIGN_UP = env.bool("SIGN_UP", default=False)
# So many dossiers may one person own who begins another; site admins any number.
DOSSIERS_PER_PERSON = env.int("DOSSIERS_PER_PERSON", default=50)
ACCOUNT_ADAPTER = "astana.accounts.AccountAdapter"
ACCOUNT_FORMS = {"login": "astana.pages.accounts.forms.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email", "username"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "optional"
# Who signs up is not told whether an address has an account: it may have several, and one of them,
# whose owner has shown to read its mails, gets the mails for a new password.
ACCOUNT_PREVENT_ENUMERATION = "strict"
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = "Astana: "
# Behind TLS everything is https; a site without TLS has to say so itself.
HTTPS = env.bool("HTTPS", default=not DEBUG)
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if env.bool("BEHIND_PROXY", default=False) else 0
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Astana"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
SOCIALACCOUNT_ADAPTER = "astana.accounts.SocialAccountAdapter"
# Another place to sign in: one OpenID Connect server, known by these settings alone.
OIDC_SERVER_URL = env.address("OIDC_SERVER_URL", str, schemes=("https", "http"))
SOCIALACCOUNT_PROVIDERS = {}
if OIDC_SERVER_URL:
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("OIDC_NAME", default="OpenID Connect"),
                "client_id": env.str("OIDC_CLIENT_ID"),
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": OIDC_SERVER_URL},
            }
        ]
    }

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "astana" / "locale"]
USE_I18N = True
TIME_ZONE = env.str("TIME_ZONE", default="") or "UTC"
try:
    ZoneInfo(TIME_ZONE)
except (LookupError, ValueError, OSError) as error:
    raise ImproperlyConfigured(
        f"TIME_ZONE is “{TIME_ZONE}”. Set it to a name such as UTC or Europe/Berlin."
    ) from error
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "astana.static_files.Storage"
        )
    },
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_AUTOREFRESH = DEBUG


def _origin(url: str) -> list[str]:
    """Return the origin of an address, as the policy names it; nothing for none."""
    parts = urlsplit(url)
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


# No inline script, no inline style, nothing from elsewhere.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # A browser holds the answer to a form against this too, and signing in there is one.
        "form-action": [SELF, *_origin(OIDC_SERVER_URL)],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = env.int("HSTS_SECONDS", default=31_536_000 if HTTPS else 0)
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env.bool("BEHIND_PROXY", default=False):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
X_FRAME_OPTIONS = "DENY"

# For so many seconds caches give on what everybody may read without asking again; then, while they
# ask, for so many more; and for so many where nothing answers. What is withdrawn lives on in them
# no longer than that. 0 for the first: they ask each time.
CACHE_SECONDS = env.int("CACHE_SECONDS", default=60)
CACHE_STALE_SECONDS = env.int("CACHE_STALE_SECONDS", default=600)
CACHE_ERROR_SECONDS = env.int("CACHE_ERROR_SECONDS", default=86_400)

# So often a minute may one client ask the API; of each process, unless there is a Redis.
API_PER_MINUTE = env.int("API_PER_MINUTE", default=600)
# And for files, and for pages that are read off many positions at once. 0: as often as they like.
FILES_PER_MINUTE = env.int("FILES_PER_MINUTE", default=120)
COSTLY_PER_MINUTE = env.int("COSTLY_PER_MINUTE", default=600)
# PostgreSQL ends a statement of who is not signed in after so many seconds. 0: never.
READER_STATEMENT_SECONDS = env.int("READER_STATEMENT_SECONDS", default=20)

# What whoever runs the site sees of it (astana/watching). In JSON there is a line for each request.
LOG_FORMAT = env.str("LOG_FORMAT", default="text")
if LOG_FORMAT not in ("text", "json"):
    raise ImproperlyConfigured(f"LOG_FORMAT is “{LOG_FORMAT}”. Set it to text or json.")
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=1000)
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "astana.watching.log.JsonLines"},
        "text": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"},
    },
    "handlers": {"log": {"class": "logging.StreamHandler", "formatter": LOG_FORMAT}},
    "root": {"handlers": ["log"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": "WARNING"},
        # It names addresses; what failed is logged by astana.requests.
        "django.request": {"level": "CRITICAL"},
        "astana.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"},
    },
}
if SENTRY_DSN := env.str("SENTRY_DSN", default=""):
    from astana.watching.sentry import send_faults

    send_faults(SENTRY_DSN)

# Bounds on what a request may carry.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
QUERY_STRING_MAX_CHARACTERS = 16_384
# Above the largest file that a form takes, so that its refusal comes from the form.
BODY_MAX_BYTES = 16 * 1024 * 1024

IMPORT_EXPORT_USE_TRANSACTIONS = True

DJANGO_TABLES2_TEMPLATE = "components/table.html"
