"""Faults sent to a Sentry, an extra (requirements-watch.txt); what was typed stays here."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured

from astana.watching.log import request_id


def send_faults(dsn: str) -> None:
    """Send what fails to the address, as where in the code and what kind of error."""
    try:
        import sentry_sdk
    except ImportError as error:
        raise ImproperlyConfigured(
            "SENTRY_DSN is set, and sentry-sdk is not installed. Install requirements-watch.txt."
        ) from error
    sentry_sdk.init(
        dsn=dsn,
        before_send=without_words,
        before_breadcrumb=lambda crumb, hint: None,
        include_local_variables=False,
        max_request_body_size="never",
        send_default_pii=False,
    )


def without_words(event: dict[str, Any], _hint: Any) -> dict[str, Any]:
    """Return an event without what people typed: no address, no query, no message of an error."""
    for name in ("request", "user", "breadcrumbs", "extra", "logentry", "message"):
        event.pop(name, None)
    for error in event.get("exception", {}).get("values", []):
        error.pop("value", None)
    event.setdefault("tags", {})["request_id"] = request_id.get()
    return event
