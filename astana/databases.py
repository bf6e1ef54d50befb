"""The databases, as the environment names them, each with what it needs."""

from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.core.exceptions import ImproperlyConfigured

from astana.environment import Environment

# WAL lets readers read while one writes, IMMEDIATE queues writers instead of failing them, FULL
# means that a saved edit is on disk. Never set ATOMIC_REQUESTS with IMMEDIATE: every page would
# then take the write lock.
_SQLITE = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384; "
        "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864"
    ),
}
_POSTGRESQL = ("postgres", "postgresql")
# Also where a server takes connections and says nothing more (milliseconds, Linux alone).
_PATIENCE = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5_000,
    # What has begun to write and stands still is undone, so that others need not wait for it.
    "options": "-c idle_in_transaction_session_timeout=30s",
}


def databases(env: Environment, *, is_pooled: bool, at: Path) -> dict[str, Any]:
    """Return the databases; without a word of one it is a file of SQLite in the folder `at`."""
    default = env.address(
        "DATABASE_URL",
        env.db_url_config,
        schemes=(*_POSTGRESQL, "sqlite"),
        default=f"sqlite:///{quote(str(at / 'db.sqlite3'))}",
    )
    found = {"default": default}
    if default["ENGINE"] == "django.db.backends.sqlite3":
        # Tests run in memory; what runs them knows that of Django's own engine alone.
        default |= {"ENGINE": "astana.sqlite", "OPTIONS": {**_SQLITE}, "TEST": {"NAME": ":memory:"}}
    if env.str("DATABASE_REPLICA_URL", default=""):
        replica = env.address("DATABASE_REPLICA_URL", env.db_url_config, schemes=_POSTGRESQL)
        found["replica"] = replica | {"TEST": {"MIRROR": "default"}}
        if {one["ENGINE"] for one in found.values()} != {"django.db.backends.postgresql"}:
            raise ImproperlyConfigured(
                "DATABASE_REPLICA_URL and DATABASE_URL are not both of PostgreSQL, which alone has "
                "replicas here. Leave the first out, or set the second to the server that it "
                "follows."
            )
    for alias, one in found.items():
        if one["ENGINE"] == "astana.sqlite":
            continue
        one["CONN_HEALTH_CHECKS"] = True
        one["OPTIONS"] = _PATIENCE | one.get("OPTIONS", {})
        if is_pooled:
            # Where the database is away, a page says so after three seconds; it is asked again
            # soon.
            one["OPTIONS"]["pool"] = {
                "min_size": 1,
                "max_size": env.int("DATABASE_POOL_MAX", default=4, least=1),
                # Where it is the replica, the primary is asked instead.
                "timeout": 1 if alias == "replica" else 3,
                "reconnect_timeout": 4,
            }
    return found
