"""A team at the desk of the dossier `talks`, and positions in any state of its coder."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from astana.models import Position, User


@pytest.fixture
def team(a_member) -> dict[str, User]:
    """Return a user for each role, by the name of the role; `second` is another coder."""
    roles = {role: a_member(role, role=role) for role in ("reader", "coder", "reviewer", "owner")}
    return roles | {"second": a_member("second", role="coder")}


@pytest.fixture
def a_coded(a_position, team) -> Callable[..., Position]:
    """Return a builder of positions that the coder has submitted."""

    def build(*, coder: str = "coder", **values) -> Position:
        values = {"status": "submitted"} | values
        return a_position(coder=team[coder], coded_at=timezone.now(), **values)

    return build
