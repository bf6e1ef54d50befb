"""How much the drill walks and breaks: all of it, or what takes less than a minute."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Extent:
    """How much is walked and broken."""

    rounds: int
    seconds_of_saves: float
    kills: int
    # For how many seconds a node stands still.
    pause: int
    # Whether a worker is killed while it reads a file, which another is asked for a minute later.
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
