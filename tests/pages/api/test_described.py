"""The API is what its description says: two second opinions, one on each of them."""

import json

import pytest
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as of_hypothesis

from tests.a_large_dossier import a_large_dossier

pytestmark = pytest.mark.django_db
# What is named by a parameter of this name is there.
THERE = {
    name: f"{name}-0" for name in ("actor", "issue", "event", "document", "article", "source")
} | {"position": "p0", "to": "p1", "person": "person", "body": "actor-0", "key": "p0"}
FORMS = (".csv", ".ndjson", ".metadata.json")
FEW = of_hypothesis(
    max_examples=2,
    deadline=None,
    database=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def _asked_from_here(environ, start_response):
    """Answer, and leave the connection open, in whose transaction the test is."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    plain = {"REMOTE_ADDR": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "identity"}
    return get_wsgi_application()({**environ, **plain}, start_response)


def test_every_answer_is_one_that_the_description_has(client, settings):
    """None is a 5xx either. Names that a dossier does not have are refused, so some are there."""
    # They take seconds to load, which each process of the tests would spend.
    import schemathesis
    from openapi_spec_validator import validate
    from schemathesis.checks import load_all_checks
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    settings.ALLOWED_HOSTS, settings.API_PER_MINUTE = ["*"], 10_000
    settings.SECURE_SSL_REDIRECT = False
    a_large_dossier("talks", size=2)
    described = client.get("/api/openapi.json").json()
    validate(described)
    schema = schemathesis.openapi.from_dict(described)
    schema.app = _asked_from_here
    load_all_checks()
    codes = []

    def ask(case) -> None:
        case.path_parameters = case.path_parameters and {"dossier": "talks"}
        case.query = {
            name: [THERE[name]] if name in THERE else value
            for name, value in (case.query or {}).items()
            if name != "after"
        }
        response = case.call()
        codes.append(response.status_code)
        assert response.status_code < 500, case.as_curl_command()
        case.validate_response(response, excluded_checks=[positive_data_acceptance])

    for found in schema.get_all_operations():
        operation = found.ok()
        # The forms of one table stand for those of all.
        if not operation.path.endswith(FORMS) or "/positions." in operation.path:
            FEW(given(case=operation.as_strategy())(ask))()
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)
    assert len(codes) > 40
    assert codes.count(200) > len(codes) / 2, json.dumps(codes)
