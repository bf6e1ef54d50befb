"""Reads one file within bounds: `python -m astana.intake.worker KIND`, bytes in, JSON out.

It is given nothing but the bytes and answers with the fields of a Reading, or with a refusal. The
libraries that read files are written for files that mean well; so they run here, in a process
that ends after one file, with little memory and time, that can write no file and open no
connection.
"""

import json
import logging
import resource
import sys
from collections.abc import Callable
from dataclasses import asdict
from importlib import import_module

from astana.intake.kinds import check_contents
from astana.intake.language import with_language
from astana.intake.reading import Reading, Refused

# What the process may take as a whole, so that what it holds in memory is less. The libraries
# themselves take 70 MB.
MEMORY = 240 * 2**20
CPU_SECONDS = 4

# Imported when needed: each of the libraries takes up to half a second to load.
_READERS = {
    "text": ("astana.intake.plain", "read_plain"),
    "html": ("astana.intake.html", "read_html"),
    "pdf": ("astana.intake.pdf", "read_pdf"),
    "docx": ("astana.intake.docx", "read_docx"),
    "odt": ("astana.intake.odt", "read_odt"),
    "rtf": ("astana.intake.rtf", "read_rtf"),
}

_FORBIDDEN = {
    *("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname"),
    *("subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty", "os.posix_spawn"),
}


def bound(*, memory: int = MEMORY, cpu_seconds: int = CPU_SECONDS) -> None:
    """Set the limits of this process, for good."""
    limits = {
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NOFILE: 64,
    }
    for what, limit in limits.items():
        try:
            resource.setrlimit(what, (limit, limit))
        except (OSError, ValueError):
            # macOS, on which Astana is tried and not served, cannot limit memory.
            if sys.platform != "darwin":
                raise
    sys.addaudithook(_forbid)


def _forbid(event: str, _arguments: object) -> None:
    if event in _FORBIDDEN:
        raise PermissionError(f"{event} is not for a process that reads a file.")


def read(kind: str, data: bytes) -> Reading:
    """Return what the bytes say; raises Refused."""
    check_contents(kind, data)
    module, function = _READERS[kind]
    reader: Callable[[bytes], Reading] = getattr(import_module(module), function)
    try:
        return with_language(reader(data))
    except (Refused, ImportError):
        raise
    except (MemoryError, RecursionError):
        raise Refused("limits") from None
    except Exception as error:
        # Whatever a library meets with in a damaged file is one thing to whoever brought it.
        print(f"{type(error).__module__}.{type(error).__name__}", file=sys.stderr)
        raise Refused("unreadable") from None


def main() -> None:
    """Answer one file."""
    bound()
    logging.disable()
    data = sys.stdin.buffer.read()
    answer: dict[str, object]
    try:
        answer = asdict(read(sys.argv[1], data))
    except Refused as refusal:
        answer = {"refused": refusal.code, "params": refusal.params}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
