"""Use a site of two nodes, break parts of it while people save, and print the results.

`python -m benchmarks.drill [--short] [STEP ...]` starts the site itself (benchmarks/two_nodes.py).
It prints a line for each check, with its figure, and exits with 1 if one fails.
"""

import re
import signal
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count, cycle
from urllib.parse import quote

import psycopg
from lxml import html

from benchmarks.a_reader import Answer, Reader
from benchmarks.extent import SHORT, WHOLE, Extent
from benchmarks.pause import pause
from benchmarks.saves import WRITERS, Saves
from benchmarks.two_nodes import Part, Site, two_nodes
from benchmarks.with_replica import walk_with_replica

DOSSIER = "/dossiers/syria-astana-2017/"
CODE = f"{DOSSIER}articles/wsws-2017-01-25/code/?start=15&end=240"
PUBLIC = f"{DOSSIER}positions/?q="
# The most seconds until a page says that the database is away, and until pages return.
SAYS_SO, BACK = 3.5, 5.0
AT_ONCE = 8
# After a minute without news of its worker, the page of a file offers to ask again.
MOST_FOR_FILE = 90
# A node has several processes: several requests reach each of them.
LOOKS = 6
API_PER_MINUTE = 60


SAID = {
    "issue": "assad-future", "stance": "must-leave", "actor": "Russia", "said": "2017-01-24",
    "voice": "reported-speech",
}  # fmt: skip
ARTICLES = (
    b"TY  - NEWS\r\nTI  - Zebra %d\r\nPB  - Gazette\r\nDA  - 2017/01/26\r\nLA  - en\r\nER  -\r\n"
)


class Drill:
    """A run, and its results."""

    def __init__(self, site: Site, extent: Extent) -> None:
        self.site, self.extent, self.faults, self.said_away = site, extent, 0, 0
        self.one, self.other = site.nodes
        self.numbers = count(1)
        self.words = (f"Quagga{number}x" for number in count(1))
        self.owner, self.reviewer, self.coder = (
            Reader(site.proxy) for _role in ("owner", "reviewer", "coder")
        )

    def say(self, what: str, figure: str, *, is_right: bool) -> None:
        """Print the result of a check."""
        self.faults += not is_right
        print(f"{'ok   ' if is_right else 'FAULT'} {what}: {figure}", flush=True)

    def as_a_unit(self) -> None:
        """Print as which user Astana runs, and on what."""
        one = self.site.as_a_unit
        self.say("run as a unit", one.is_so, is_right=one.is_right)

    def sign_in(self) -> None:
        """Sign in on one node: the other one and the proxy know it."""
        people = {"owner": self.owner, "reviewer": self.reviewer, "coder": self.coder}
        for name, one in people.items():
            one.sign_in(name, self.site.passwords[name], self.one)
        at = (self.other, self.site.proxy)
        known = sum(
            one.get("/notices/", node).status == 200 for one in people.values() for node in at
        )
        self.say("signed in on one node, known elsewhere", f"{known} of 6", is_right=known == 6)

    def publish(self) -> None:
        """Save drafts on one node, publish them on the other: each is seen everywhere at once."""
        published, stale, hidden, slowest = 0, 0, 0, 0.0
        nodes = cycle((self.one, self.other))
        for word in (next(self.words) for _round in range(self.extent.rounds)):
            here, there = next(nodes), next(nodes)
            next(nodes)
            reader = Reader(self.site.proxy)
            # Each process has cached the pages of the version before.
            for node in (here, there):
                for _look in range(LOOKS):
                    hidden += self.shows(reader, word, node)
            self.save(self.coder, word, here, there)
            hidden += self.shows(reader, word, here)
            answer = self.decide(word, there, here)
            published += bool(answer.leads_to)
            slowest = max(slowest, answer.seconds)
            for node in (here, there):
                stale += sum(not self.shows(reader, word, node) for _look in range(LOOKS))
            stale += not self.shows(self.coder, word, self.site.proxy)
        rounds = self.extent.rounds
        self.say(
            "drafts saved on one node, published on the other",
            f"{published} of {rounds}, the slowest after {slowest:.2f} s",
            is_right=published == rounds,
        )
        self.say("drafts shown to strangers", str(hidden), is_right=not hidden)
        looks = rounds * (2 * LOOKS + 1)
        self.say("pages older than what was published", f"{stale} of {looks}", is_right=not stale)

    def found_and_told(self) -> None:
        """Search on one node for what was published on the other, and find it in the notices."""
        word = next(self.words)
        self.save(self.coder, word, self.one, self.one)
        self.decide(word, self.one, self.one)
        search = f"/search/?q={word}"
        is_found = [
            f"<mark>{word}" in self.coder.get(search, self.other).text for _ in range(LOOKS)
        ]
        figure = f"{sum(is_found)} of {LOOKS}"
        self.say("found by the search of the other node", figure, is_right=all(is_found))
        key = self._key(word)
        told = [key in self.coder.get("/notices/", self.other).text for _look in range(LOOKS)]
        figure = f"{sum(told)} of {LOOKS}"
        self.say("told in the notices of the other node", figure, is_right=all(told))

    def limits(self) -> None:
        """Ask the API of both nodes in turn: they share one limit."""
        # Within one minute of the counter.
        time.sleep(max(0.0, time.time() % 60 - 50) and 60 - time.time() % 60)
        reader = Reader(self.site.proxy, address="192.0.2.77")
        nodes, asked = cycle((self.one, self.other)), 2 * API_PER_MINUTE
        said = [reader.get("/api/dossiers/?x=1", next(nodes)).status for _time in range(asked)]
        let = len(said) - said.count(429)
        figure = f"{let} of {asked} answered, {API_PER_MINUTE} may be"
        self.say(
            "the limit of the API is that of both nodes", figure, is_right=let == API_PER_MINUTE
        )
        guesser = Reader(self.site.proxy, address="192.0.2.78")
        answers = [guesser.sign_in("owner-of-all", f"wrong-{n}", next(nodes)) for n in range(8)]
        refused = [one.status == 429 or "Too many" in one.text for one in answers]
        self.say(
            "wrong passwords on both nodes",
            f"refused from {refused.count(False) + 1} on",
            is_right=refused.count(False) == 5,
        )

    def upload(self) -> None:
        """Bring in a file on one node: a worker reads it, and the other node shows it."""
        self._load(*self._bring())

    def _bring(self) -> tuple[str, str, float]:
        """Bring in a file; return the address of its page, a word in it, and the time."""
        since, number = time.monotonic(), next(self.numbers)
        file = (f"articles-{number}.ris", ARTICLES % number)
        address = f"{DOSSIER}uploads/"
        sent = self.owner.send(address, {"file": file}, self.other, self.other, having="format")
        return sent.leads_to, f"Zebra {number}", since

    def _load(self, page: str, word: str, since: float, *, beside: str = "") -> None:
        """Load a file that a worker has read, and look for it."""
        is_read = self._done(page)
        sent = self.owner.send(page, {}, self.one, self.other, action=f"{page}load/")
        if not sent.leads_to:
            print(f"     not asked for: {sent.status} {' '.join(sent.text.split())[:200]}")
        is_loaded = self._done(page)
        is_seen = word in self.coder.get(f"{DOSSIER}articles/?q=Zebra", self.one).text
        self.say(
            f"brought in on one node, loaded by a worker, seen on the other{beside}",
            f"{time.monotonic() - since:.1f} s",
            is_right=is_read and is_loaded and is_seen,
        )

    def _done(self, page: str) -> bool:
        """Wait until a worker has read a file; ask again if the worker was killed."""
        end = time.monotonic() + MOST_FOR_FILE
        while time.monotonic() < end:
            text = self.owner.get(page, self.other).text
            if text and "<progress" not in text:
                if f"{page}again/" not in text:
                    told = html.fromstring(text).xpath("//*[@role='alert']")
                    for one in told:
                        print(f"     {' '.join(one.text_content().split())}")
                    return not told
                self.owner.send(page, {}, self.other, self.other, action=f"{page}again/")
            time.sleep(0.3)
        return False

    def killed(self) -> None:
        """Kill a node and a worker while people save: each confirmed save is there once."""
        seconds, kills = self.extent.seconds_of_saves, self.extent.kills
        brought = []
        with self.saves() as saves:
            for _time in range(kills):
                time.sleep(seconds / kills / 2)
                if self.extent.while_reading:
                    brought.append(self._bring())
                self.one.end(signal.SIGKILL)
                self.site.workers[0].end(signal.SIGKILL)
                # As systemd would restart them.
                self.site.workers[0].begin()
                self.one.start()
            time.sleep(seconds / kills / 2)
        figure, is_right = saves.found(self.site.databases.url)
        self.say(f"node and worker killed during saves, {kills} times", figure, is_right=is_right)
        for given in brought:
            self._load(*given, beside=", worker killed")

    def paused(self) -> None:
        """Suspend a node in the middle of its work: the others continue, and later it does too."""
        pause(self, self.extent.pause)

    def saves(self) -> Saves:
        """Return coders who save through the proxy, on one node and on the other."""
        at = (self.site.proxy, self.one, self.other)
        coders = [
            Reader(self.site.proxy, cookies=dict(self.coder.cookies)) for _one in range(WRITERS)
        ]
        return Saves(
            lambda number, word: self.save(coders[number], word, at[number % 3], at[number % 3]),
            lambda: next(self.words),
        )

    def without_database(self) -> None:
        """Stop and start PostgreSQL: pages say so, and return without a restart."""
        nodes, address = self.site.nodes, f"{PUBLIC}talks"
        workers = [node.children() for node in nodes]
        reader = Reader(self.site.proxy)
        kept = reader.get(DOSSIER, self.site.proxy).status
        before = len(self._failed())
        self.site.databases.end()
        with ThreadPoolExecutor(AT_ONCE) as many:
            at = [node for _time in range(AT_ONCE) for node in nodes]
            away = [*many.map(lambda node: reader.get(address, node), at)]
        slowest = max(one.seconds for one in away)
        are_told = all(one.status == 503 and "retry-after" in one.heads for one in away)
        self.say(
            "PostgreSQL away, pages say so",
            f"after {slowest:.1f} s at most",
            is_right=are_told and slowest <= SAYS_SO,
        )
        still = reader.get(DOSSIER, self.site.proxy).status
        self.say(
            "PostgreSQL away, what the proxy has kept",
            f"{kept}, then {still}",
            is_right=still == 200,
        )
        self.site.databases.start()
        back = self.back(reader, address)
        self.say("PostgreSQL back, pages answer", f"after {back:.1f} s", is_right=back <= BACK)
        self.said_away += len(self._failed()) - before
        same = workers == [node.children() for node in nodes]
        self.say("PostgreSQL back, the same processes", str(same), is_right=same)
        ended = sum(one.running.poll() is not None for one in self.site.workers)
        self.say("PostgreSQL back, workers that ended", str(ended), is_right=not ended)

    def without_redis(self) -> None:
        """Stop Redis: everything still works, if more slowly."""
        with_it = self._round()
        self.site.redis.end(signal.SIGKILL)
        times = min(3, self.extent.rounds)
        without = [self._round() for _time in range(times)]
        ready = [Reader(self.site.proxy).get("/readyz", node).status for node in self.site.nodes]
        done = sum(is_done for is_done, _seconds in without)
        slowest = max(seconds for _done, seconds in without)
        figure = f"{done} of {times} done, {slowest:.1f} s instead of {with_it[1]:.1f} s"
        self.say(
            "Redis gone: sign in, save, publish, read",
            f"{figure}; ready {ready}",
            is_right=with_it[0] and done == times,
        )
        self.site.redis.start()
        is_done, seconds = self._round()
        self.say("Redis back", f"{seconds:.1f} s", is_right=is_done)

    def with_replica(self) -> None:
        """Read from a replica that lags, is stopped, or lags too far behind."""
        walk_with_replica(self)

    def _round(self) -> tuple[bool, float]:
        """Sign in, save, publish, read; return whether all succeeded, and the time it took."""
        since, word = time.monotonic(), next(self.words)
        again = Reader(self.site.proxy)
        done = [
            again.sign_in("coder", self.site.passwords["coder"], self.other).leads_to,
            self.save(again, word, self.one, self.other).leads_to,
            self.decide(word, self.other, self.one).leads_to,
            self.shows(Reader(self.site.proxy), word, self.other),
        ]
        return all(done), time.monotonic() - since

    def back(self, reader: Reader, address: str) -> float:
        """Return how long it takes until all processes of both nodes show a page."""
        since, right = time.monotonic(), 0
        while right < 2 * LOOKS and time.monotonic() - since < 60:
            is_right = all(reader.get(address, node).status == 200 for node in self.site.nodes)
            right = right + 1 if is_right else 0
        return time.monotonic() - since

    def save(self, coder: Reader, word: str, at: Part, to: Part) -> Answer:
        """Submit a position whose summary begins with this word."""
        values = SAID | {"summary": f"{word} says so.", "do": "submit"}
        return coder.send(CODE, values, at, to, having="summary")

    def decide(self, word: str, at: Part, to: Part) -> Answer:
        """Publish the position of this word."""
        page = f"{DOSSIER}review/?q={quote(word)}"
        values = {"decision": "publish"}
        return self.reviewer.send(page, values, at, to, having="accepts")

    def shows(self, reader: Reader, word: str, at: Part) -> bool:
        """Return whether a page shows the position of this word."""
        return f"{word} says so" in re.sub(r"</?mark>", "", reader.get(PUBLIC + word, at).text)

    def _key(self, word: str) -> str:
        with psycopg.connect(self.site.databases.url) as database:
            found = "SELECT key FROM astana_position WHERE summary LIKE %s"
            return database.execute(found, [f"{word}%"]).fetchone()[0]

    def _failed(self) -> list[str]:
        """Return the log lines of requests answered with a status of 500 or above."""
        return re.findall(r'^.*"status": 5\d\d.*$', self.site.log(), re.M)

    def failed(self) -> None:
        """Print how many requests failed, except while the database was away."""
        failed = self._failed()
        number = len(failed) - self.said_away
        self.say("failed (5xx) while the database was there", str(number), is_right=not number)
        if number:
            print(*re.findall(r'^.*"level": "error".*$', self.site.log(), re.M)[:3], sep="\n")
            print(*failed[-3:], sep="\n")


def main() -> None:
    """Use the site, then break one part after the other."""
    began, (asked, steps) = time.monotonic(), _asked()
    with two_nodes(API_PER_MINUTE=str(API_PER_MINUTE), COSTLY_PER_MINUTE="0") as site:
        print(f"Two nodes, two workers and the proxy serve after {time.monotonic() - began:.0f} s")
        drill = Drill(site, asked)
        for name in ("as_a_unit", "sign_in", *steps, "failed"):
            getattr(drill, name)()
    print(f"{drill.faults} faults, {time.monotonic() - began:.0f} s in all")
    sys.exit(bool(drill.faults))


def _asked() -> tuple[Extent, list[str]]:
    """Return the extent and the steps that were asked for."""
    steps = [one for one in sys.argv[1:] if one != "--short"]
    extent = SHORT if "--short" in sys.argv else WHOLE
    return extent, steps or [*extent.steps]


if __name__ == "__main__":
    main()
