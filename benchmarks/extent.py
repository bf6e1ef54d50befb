"""The extent of the drill: everything, or a short version."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """How much of the site is used and broken."""

    rounds: int
    seconds_of_saves: float
    kills: int
    # For how many seconds a node is suspended.
    pause: int
    # Whether a worker is killed while it reads a file; a minute later another one is asked.
    while_reading: bool
    steps: tuple[str, ...]


WHOLE = Extent(
    rounds=5,
    seconds_of_saves=20,
    kills=2,
    pause=60,
    while_reading=True,
    steps=(
        *("publish", "found_and_told", "limits", "upload", "killed", "upload", "paused"),
        *("without_database", "upload", "without_redis", "with_replica"),
    ),
)
SHORT = Extent(
    rounds=1,
    seconds_of_saves=5,
    kills=1,
    pause=5,
    while_reading=False,
    steps=(
        "publish",
        "found_and_told",
        "limits",
        "killed",
        "upload",
        "without_database",
        "without_redis",
    ),
)
