"""A node that is suspended for a while, as when its machine is moved or out of memory."""

import os
import signal
import time
from collections import Counter
from typing import TYPE_CHECKING

from benchmarks.a_reader import Reader

if TYPE_CHECKING:
    from benchmarks.drill import Drill

PAGE = "/dossiers/syria-astana-2017/"
# The most seconds until its pages are back.
BACK = 5.0


def pause(drill: "Drill", seconds: int) -> None:
    """Suspend the processes of a node, then resume them; print what became of saves and pages."""
    site, node = drill.site, drill.one.running.pid
    reader, answers = Reader(site.proxy), []
    with drill.saves() as saves:
        time.sleep(1)
        os.killpg(node, signal.SIGSTOP)
        end, before = time.monotonic() + seconds, len(saves.acknowledged)
        while time.monotonic() < end:
            answers.append(reader.get(PAGE, site.proxy))
            time.sleep(0.5)
        meanwhile = len(saves.acknowledged) - before
        os.killpg(node, signal.SIGCONT)
        back = drill.back(Reader(site.proxy), f"{PAGE}positions/?q=talks")
    figure, is_right = saves.found(site.databases.url)
    drill.say(f"node paused for {seconds} s during saves", figure, is_right=is_right)
    # Whoever waits for a row of the node waits until PostgreSQL ends its idle transaction.
    slowest, read = max(one.seconds for one in answers), Counter(one.status for one in answers)
    print(
        f"     meanwhile {meanwhile} saved on the other; pages through the proxy by status "
        f"{dict(read)}, the slowest after {slowest:.1f} s"
    )
    drill.say("the node is back", f"after {back:.1f} s", is_right=back <= BACK)
