"""The settings fail closed, and each database gets what it needs."""

import json
import os
import subprocess
import sys

import pytest
from django.conf import settings


def _python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run code that reads the settings in a process of its own; no .env is read."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=settings.BASE_DIR,
        env={"PATH": os.environ["PATH"], "ENV_FILE": os.devnull, **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def _setting(name: str, **environment: str):
    code = f"import json; from astana import settings; print(json.dumps(settings.{name}))"
    answer = _python(code, **environment)
    assert answer.returncode == 0, answer.stderr
    return json.loads(answer.stdout)


PRODUCTION = {
    "DEBUG": "0",
    "SECRET_KEY": "a-long-random-text-" + "x7" * 30,
    "SITE_URL": "https://astana.example",
}


def test_production_without_a_secret_does_not_start():
    answer = _python("from astana import settings; print('started')", DEBUG="0", SECRET_KEY="")
    assert answer.returncode != 0
    assert "started" not in answer.stdout
    assert "SECRET_KEY is not set and DEBUG is off" in answer.stderr


def test_debug_is_off_unless_asked_for():
    without_env_file = "import environ; environ.Env.read_env = lambda path: None; "
    answer = _python(
        without_env_file + "from astana import settings; print(settings.DEBUG)",
        SECRET_KEY=PRODUCTION["SECRET_KEY"],
        SITE_URL=PRODUCTION["SITE_URL"],
    )
    assert answer.stdout.strip() == "False"


def test_a_developer_needs_no_secret():
    assert _setting("DEBUG", DEBUG="1", SECRET_KEY="") is True


@pytest.mark.parametrize(
    "name", ["SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT"]
)
def test_production_is_https_alone(name):
    assert _setting(name, **PRODUCTION) is True


def test_sqlite_queues_writers_and_keeps_what_it_acknowledged():
    database = _setting("DATABASES", DATABASE_URL="sqlite:///x.sqlite3", **PRODUCTION)["default"]
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"
    assert database["OPTIONS"]["timeout"] == 20
    assert "journal_mode=WAL" in database["OPTIONS"]["init_command"]
    assert "synchronous=FULL" in database["OPTIONS"]["init_command"]


@pytest.mark.parametrize("url", ["sqlite:///x.sqlite3", "postgres://astana@localhost/astana"])
def test_a_page_takes_no_write_lock(url):
    database = _setting("DATABASES", DATABASE_URL=url, **PRODUCTION)["default"]
    assert not database.get("ATOMIC_REQUESTS")


def test_postgresql_outlives_a_restart_of_the_database():
    url = "postgres://astana@localhost/astana"
    database = _setting("DATABASES", DATABASE_URL=url, DATABASE_POOL_MAX="7", **PRODUCTION)
    assert database["default"]["CONN_HEALTH_CHECKS"] is True
    assert database["default"]["OPTIONS"]["pool"]["max_size"] == 7


def test_limits_on_tries_are_shared_between_processes():
    shared = _setting("CACHES", CACHE_URL="", **PRODUCTION)
    assert shared["default"]["BACKEND"] == "django.core.cache.backends.db.DatabaseCache"
    assert shared["process"]["BACKEND"] == "django.core.cache.backends.locmem.LocMemCache"


def test_a_redis_holds_what_is_shared_and_has_something_in_its_place():
    caches = _setting("CACHES", CACHE_URL="redis://localhost:6379/0", **PRODUCTION)
    for name, other in (("default", "table"), ("counts", "process")):
        assert caches[name]["BACKEND"] == "astana.shared_cache.RedisOrOther"
        assert caches[name]["LOCATION"] == "redis://localhost:6379/0"
        assert caches[name]["OPTIONS"] == {"other": other}


def test_a_place_to_sign_in_is_one_that_forms_may_lead_to():
    place = {
        "OIDC_SERVER_URL": "https://id.example/realms/one",
        "OIDC_CLIENT_ID": "astana",
        "OIDC_CLIENT_SECRET": "x",
    }
    directives = _setting("CONTENT_SECURITY_POLICY", **place, **PRODUCTION)["DIRECTIVES"]
    assert directives["form-action"] == ["'self'", "https://id.example"]
    assert _setting("SOCIALACCOUNT_PROVIDERS", **place, **PRODUCTION)["openid_connect"]


def test_no_other_place_to_sign_in_is_known_unasked():
    directives = _setting("CONTENT_SECURITY_POLICY", **PRODUCTION)["DIRECTIVES"]
    assert directives["form-action"] == ["'self'"]
    assert _setting("SOCIALACCOUNT_PROVIDERS", **PRODUCTION) == {}


def test_half_a_place_to_sign_in_does_not_start():
    answer = _python(
        "from astana import settings; print('started')",
        OIDC_SERVER_URL="https://id.example",
        **PRODUCTION,
    )
    assert "OIDC_CLIENT_ID" in answer.stderr
    assert "started" not in answer.stdout


@pytest.mark.parametrize(("proxy", "trusted"), [("0", 0), ("1", 1)])
def test_an_address_from_the_head_is_trusted_behind_a_proxy_alone(proxy, trusted):
    assert _setting("ALLAUTH_TRUSTED_PROXY_COUNT", BEHIND_PROXY=proxy, **PRODUCTION) == trusted


def test_nobody_makes_an_account_and_no_key_is_taken_without_https_unless_told_so():
    assert _setting("SIGN_UP", **PRODUCTION) is False
    assert _setting("MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", **PRODUCTION) is False
    assert _setting("ACCOUNT_DEFAULT_HTTP_PROTOCOL", **PRODUCTION) == "https"


def test_mail_goes_where_the_address_of_the_server_says():
    mail = {"EMAIL_URL": "smtp+tls://me:word@mail.example:587"}
    assert _setting("EMAIL_HOST", **mail, **PRODUCTION) == "mail.example"
    assert _setting("EMAIL_USE_TLS", **mail, **PRODUCTION) is True
    assert _setting("EMAIL_BACKEND", **PRODUCTION).endswith("console.EmailBackend")


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    directives = _setting("CONTENT_SECURITY_POLICY", **PRODUCTION)["DIRECTIVES"]
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]


def test_links_in_mails_begin_with_scheme_and_host():
    assert _setting("SITE_URL", DEBUG="1", SITE_URL="") == ""
    for site in ("https://astana.example", "http://localhost:8000", "http://[::1]:8000"):
        assert _setting("SITE_URL", **PRODUCTION | {"SITE_URL": site}) == site


# What a request names as its host would stand in the mails for a new password.
@pytest.mark.parametrize(
    "site",
    [
        "",
        "astana.example",
        "ftp://astana.example",
        "https://astana.example/",
        "https://astana.example/path",
        "https://user@astana.example",
        "https://astana.example?q",
        "https://",
    ],
)
def test_what_is_no_site_does_not_start(site):
    answer = _python(
        "from astana import settings; print('started')", **PRODUCTION | {"SITE_URL": site}
    )
    assert "Set it to the scheme and host of the site" in answer.stderr
    assert "started" not in answer.stdout


@pytest.mark.parametrize(
    ("name", "value", "what_to_do"),
    [
        # Not taken for “off”, which would let cookies and pages go without https.
        ("HTTPS", "ture", "Set it to 1 or 0."),
        ("BEHIND_PROXY", "ja", "Set it to 1 or 0."),
        ("SIGN_UP", "2", "Set it to 1 or 0."),
        ("API_PER_MINUTE", "many", "Set it to a whole number, 0 or more."),
        ("CACHE_SECONDS", "-1", "Set it to a whole number, 0 or more."),
        ("HSTS_SECONDS", "1y", "Set it to a whole number, 0 or more."),
        ("DATABASE_URL", "/var/lib/astana/db.sqlite3", "begins with postgres://"),
        ("DATABASE_URL", "mysql://a:hush-hush@b/c", "begins with postgres://"),
        ("DATABASE_URL", "postgres://a:hush-hush@b:port/c", "begins with postgres://"),
        ("DATABASE_REPLICA_URL", "replica.example", "begins with postgres://"),
        ("CACHE_URL", "localhost:6379", "begins with redis://"),
        ("EMAIL_URL", "mail.example:25", "begins with smtp://"),
        ("EMAIL_URL", "smtp://me:hush-hush@mail.example:port", "begins with smtp://"),
        ("OIDC_SERVER_URL", "id.example", "begins with https://"),
        ("SOURCE_CODE", "code.example/astana", "begins with https://"),
        ("ALLOWED_HOSTS", "https://astana.example", "without https://"),
        ("TIME_ZONE", "Mars/Phobos", "such as UTC or Europe/Berlin"),
        ("TIME_ZONE", "Europe", "such as UTC or Europe/Berlin"),
        ("ENV_FILE", "/nowhere/astana.env", "/nowhere/astana.env cannot be read"),
        ("ENV_FILE", os.path.dirname(__file__), "cannot be read: Is a directory"),
    ],
)
def test_a_wrong_setting_is_refused_by_its_name_with_what_to_do(name, value, what_to_do):
    answer = _python(
        "import sys, manage; sys.argv[1:] = ['check']; manage.main()", **PRODUCTION | {name: value}
    )
    assert answer.returncode == 1
    assert what_to_do in answer.stderr
    assert name in answer.stderr or name == "ENV_FILE"
    assert "Traceback" not in answer.stderr
    assert "hush-hush" not in answer.stderr


def test_a_command_on_a_database_that_was_never_made_says_what_to_do(tmp_path):
    command = "import sys, manage; sys.argv[1:] = ['check_evidence', *{}]; manage.main()"
    database = {"DATABASE_URL": f"sqlite:///{tmp_path}/new.sqlite3"}
    answer = _python(command.format([]), **PRODUCTION | database)
    assert answer.returncode == 1
    assert answer.stderr.startswith("The database says: no such table: astana_dossier.")
    assert "whether manage.py upgrade was run" in answer.stderr
    assert "Traceback" in _python(command.format(["--traceback"]), **PRODUCTION | database).stderr


def test_a_pool_holds_a_connection_at_least():
    code = "from astana import settings"
    database = {"DATABASE_URL": "postgres://a@localhost/a", "DATABASE_POOL_MAX": "0"}
    assert "DATABASE_POOL_MAX" in _python(code, **PRODUCTION | database).stderr


def test_an_empty_setting_is_one_that_was_not_made():
    empty = {"HTTPS": "", "CACHE_SECONDS": "", "TIME_ZONE": "", "ALLOWED_HOSTS": " "}
    assert _setting("HTTPS", **PRODUCTION | empty) is True
    assert _setting("CACHE_SECONDS", **PRODUCTION | empty) == 60
    assert _setting("TIME_ZONE", **PRODUCTION | empty) == "UTC"
    assert "127.0.0.1" in _setting("ALLOWED_HOSTS", **PRODUCTION | empty)


def test_names_of_hosts_may_have_spaces_after_their_commas():
    hosts = {"ALLOWED_HOSTS": "astana.example, www.astana.example"}
    assert _setting("ALLOWED_HOSTS", **PRODUCTION | hosts) == hosts["ALLOWED_HOSTS"].split(", ")


def test_a_secret_may_begin_with_any_sign():
    secret = {"SECRET_KEY": "$" + PRODUCTION["SECRET_KEY"]}
    assert _setting("SECRET_KEY", **PRODUCTION | secret) == secret["SECRET_KEY"]


def test_a_file_of_settings_may_begin_with_a_byte_order_mark(tmp_path):
    file = tmp_path / "astana.env"
    file.write_text("SECRET_KEY=of-the-file\nSITE_URL=https://astana.example\n", "utf-8-sig")
    assert _setting("SECRET_KEY", ENV_FILE=str(file)) == "of-the-file"


def test_the_database_is_in_the_folder_whatever_that_is_called():
    code = """if True:
        from pathlib import Path
        from astana.databases import databases
        from astana.environment import Environment
        found = databases(Environment(), is_pooled=False, at=Path("/srv/c++ 100%/#1?"))
        print(found["default"]["NAME"])
    """
    assert _python(code).stdout.strip() == "/srv/c++ 100%/#1?/db.sqlite3"
