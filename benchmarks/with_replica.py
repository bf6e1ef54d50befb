"""A step of the drill: readers use a replica that lags, is stopped, or lags too far behind."""

import re
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import psycopg

from benchmarks.a_reader import Answer, Reader

if TYPE_CHECKING:
    from benchmarks.drill import Drill

LAG, BOUND, TOO_FAR = 5, 12, 90
# How many seconds later than expected something may be seen.
_SLACK = 3.0
# A node has several processes: several requests reach each of them.
_LOOKS = 4
_PATIENCE = 60
SAYS_SO = 3.5


def walk_with_replica(drill: "Drill") -> None:
    """Publish, and check who sees it and when."""
    site = drill.site
    replica = site.with_replica(seconds=LAG, bound=BOUND)
    _wait_until_read(drill)

    word, published_at = _published(drill)
    with psycopg.connect(site.databases.url) as database:
        found = database.execute("SELECT version FROM astana_dossier ORDER BY id").fetchall()
    newest = max(version for (version,) in found)
    # Signed in, then signed out with the same cookies.
    stale = sum(not drill.shows(drill.reviewer, word, at) for at in 2 * site.nodes)
    out = "/accounts/logout/"
    drill.reviewer.send(out, {}, drill.one, drill.other, action=out)
    stale += sum(not drill.shows(drill.reviewer, word, at) for at in 2 * site.nodes)
    has = sorted(drill.reviewer.cookies)
    drill.say(
        "older than one's own write, also signed out",
        f"{stale} of 8 looks, cookies {', '.join(has)}",
        is_right=not stale and "sessionid" not in has,
    )
    early = sum(drill.shows(_stranger(drill), word, at) for at in _LOOKS * site.nodes)
    is_early = time.monotonic() - published_at < LAG
    mixed, seen_at = 0, 0.0
    while not seen_at and time.monotonic() - published_at < _PATIENCE:
        answers = [_stranger(drill).get(_page(word), at) for at in _LOOKS * site.nodes]
        has_it = [_has(one, word) for one in answers]
        mixed += sum(
            (_version(one) >= newest) != has for one, has in zip(answers, has_it, strict=True)
        )
        seen_at = time.monotonic() if all(has_it) else 0.0
    after = seen_at - published_at
    drill.say(
        f"strangers read from a replica {LAG} s behind",
        f"published seen by {early} of {2 * _LOOKS} at once, by all after {after:.1f} s",
        # A process that could not reach the replica reads from the primary for a while.
        is_right=(early < 2 * _LOOKS or not is_early) and LAG <= after <= LAG + _SLACK,
    )
    figure = f"{mixed} pages"
    drill.say("of another version than their mark", figure, is_right=not mixed)

    drill.reviewer.sign_in("reviewer", site.passwords["reviewer"], drill.one)
    word, _at = _published(drill)
    with ThreadPoolExecutor(8) as many:
        asked = [many.submit(_reading, drill, word) for _reader in range(6)]
        time.sleep(1)
        replica.end()
        answers = [one for each in asked for one in each.result()]
    failed = [one.status for one in answers if one.status != 200]
    slowest = max(one.seconds for one in answers)
    drill.say(
        "replica stopped while it is read",
        f"{len(failed)} of {len(answers)} failed, the slowest after {slowest:.1f} s",
        is_right=not failed and slowest <= SAYS_SO,
    )
    is_new = [drill.shows(_stranger(drill), word, at) for at in _LOOKS * site.nodes]
    figure = f"{sum(is_new)} of {len(is_new)}"
    drill.say("replica stopped, the primary is read", figure, is_right=all(is_new))

    replica.start()
    back = _wait_until_read(drill)
    drill.say("replica back, it is read again", f"after {back:.1f} s", is_right=back < _PATIENCE)
    replica.lag(TOO_FAR)
    word, published_at = _published(drill)
    while time.monotonic() - published_at < TOO_FAR:
        if all(drill.shows(_stranger(drill), word, at) for at in _LOOKS * site.nodes):
            break
    after = time.monotonic() - published_at
    drill.say(
        f"replica further behind than {BOUND} s, the primary is read",
        f"after {after:.1f} s",
        is_right=after <= BOUND + _SLACK,
    )
    replica.end()


def _published(drill: "Drill") -> tuple[str, float]:
    """Publish a position; return a word in it, and when it was published."""
    word = next(drill.words)
    drill.save(drill.coder, word, drill.one, drill.other)
    drill.decide(word, drill.other, drill.one)
    return word, time.monotonic()


def _wait_until_read(drill: "Drill") -> float:
    """Wait until strangers no longer see at once what is published, in any process."""
    since = time.monotonic()
    while time.monotonic() - since < _PATIENCE:
        word, _at = _published(drill)
        if not any(drill.shows(_stranger(drill), word, at) for at in _LOOKS * drill.site.nodes):
            break
        time.sleep(1)
    return time.monotonic() - since


def _reading(drill: "Drill", word: str) -> list[Answer]:
    """Read for some seconds, on both nodes."""
    end, answers = time.monotonic() + 4, []
    while time.monotonic() < end:
        answers += [_stranger(drill).get(_page(word), at) for at in drill.site.nodes]
    return answers


def _stranger(drill: "Drill") -> Reader:
    return Reader(drill.site.proxy)


def _page(word: str) -> str:
    return f"/dossiers/syria-astana-2017/positions/?q={word}"


def _has(answer: Answer, word: str) -> bool:
    return f"{word} says so" in re.sub(r"</?mark>", "", answer.text)


def _version(answer: Answer) -> int:
    """Return the version of the dossier in the ETag of a page."""
    found = re.match(r'W/"(\d+)-', answer.heads.get("etag", ""))
    return int(found[1]) if found else 0
