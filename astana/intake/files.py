"""What a person pasted or uploaded, as plain text, read within bounds."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any, BinaryIO

from astana.intake.kinds import kind_by_name, looks_like_a_page
from astana.intake.language import with_language
from astana.intake.plain import from_words
from astana.intake.reading import MAX_BYTES, MAX_CHARACTERS, Reading, Refused

# What a process may work is bounded by the process itself, so that a busy machine refuses nothing.
# This is for one that waits for something and works no more.
SECONDS = 20.0
# How long a file waits for its turn.
PATIENCE = 20.0

# No more at once than there are processors: more would all take longer, and their memory adds up.
READERS = os.cpu_count() or 1
_turns = BoundedSemaphore(READERS)

_ROOT = Path(__file__).resolve().parents[2]
_ENVIRONMENT = {"LC_ALL": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}

logger = logging.getLogger(__name__)


def read_paste(words: str) -> Reading:
    """Return the reading of pasted words, which may be the source of a web page.

    Raises Refused with a code of `astana.intake.reading.REFUSALS`.
    """
    if looks_like_a_page(words):
        return _read("html", words.encode("utf-8-sig", "replace"))
    if len(words) > 2 * MAX_CHARACTERS:
        raise Refused("too-many-characters", characters=MAX_CHARACTERS)
    return with_language(from_words(words))


def read_upload(name: str, file: BinaryIO) -> Reading:
    """Return the reading of a file, at most `MAX_BYTES` of which are read.

    `name` is what whoever brought it calls it; only how it ends matters. The file is read by a
    process of its own, which may take 240 MB and 4 seconds of work; where as many are read as there
    are processors, it waits for its turn. Raises Refused with a code of
    `astana.intake.reading.REFUSALS`.
    """
    kind = kind_by_name(name)
    return _read(kind, file.read(MAX_BYTES + 1))


def _read(kind: str, data: bytes) -> Reading:
    if len(data) > MAX_BYTES:
        raise Refused("too-large", megabytes=MAX_BYTES // 1_000_000)
    command = [sys.executable, "-m", "astana.intake.worker", kind]
    answer = answer_of(command, data, seconds=SECONDS)
    if "refused" in answer:
        raise Refused(answer["refused"], **answer["params"])
    return Reading(**{**answer, "warnings": tuple(answer["warnings"])})


def answer_of(
    command: Sequence[str], data: bytes, *, seconds: float, patience: float = PATIENCE
) -> dict[str, Any]:
    """Return the JSON that a process answers to bytes; raises Refused if it ends any other way.

    The process knows nothing of ours: neither the environment nor what is open.
    """
    if not _turns.acquire(timeout=patience):
        raise Refused("busy")
    try:
        done = subprocess.run(
            command,
            input=data,
            capture_output=True,
            timeout=seconds,
            cwd=_ROOT,
            env=_ENVIRONMENT,
            check=False,
        )
    except subprocess.TimeoutExpired:
        logger.warning("A file took more than %s seconds to read.", seconds)
        raise Refused("limits") from None
    finally:
        _turns.release()
    if done.returncode:
        last = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
        logger.warning("Reading a file ended with %s: %s", done.returncode, last[:200])
        raise Refused("limits")
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer
