"""The most that pages should cost, and which of these aims are met."""

from collections.abc import Iterator
from itertools import pairwise

from benchmarks.pages import ORDERS_OF_ARTICLES, ORDERS_OF_POSITIONS

# The ratios of a size, by page: CPU time over that of the floor.
Ratios = dict[str, float]

# The most floors of a page, and the size from which this holds; None: every size.
AIMS: dict[str, tuple[float, int | None]] = {
    "compare 6 x 20": (3, 100_000),
    # The same when nobody has looked at it in this version of the dossier.
    "compare 6 x 20, first look": (5, 100_000),
    "issue": (6, 100_000),
    "actor": (6, 100_000),
    "timeline of an issue": (6, 100_000),
    "timeline of an actor": (6, 100_000),
    "agreement, first look": (30, 100_000),
    "positions, first page": (6, 1_000_000),
    # Lists, however they are sorted or filtered.
    **{f"positions, {rest}": (8, 100_000) for rest in ("filtered", "of an issue", "page 1,000")},
    **{f"positions, by {name}": (8, 100_000) for name in ORDERS_OF_POSITIONS},
    "articles, first page": (8, 100_000),
    "articles, filtered": (8, 100_000),
    **{f"articles, by {name}": (8, 100_000) for name in ORDERS_OF_ARTICLES},
    "actors": (8, 100_000),
    "issues": (8, 100_000),
    "sources": (8, 100_000),
    "search, a common word": (10, 100_000),
    "reader, 64 positions": (8, None),
    "saving a coding": (6, 100_000),
    # Requested by a client that has the newest version.
    "compare 6 x 20, not changed": (0.3, None),
    "positions, not changed": (0.3, None),
}
# The most bytes of HTML at every size; pages not named here: at the largest size.
MOST_BYTES = {"timeline of an issue": 150_000, "timeline of an actor": 150_000}
MOST_BYTES_OF_ALL, LARGEST = 250_000, 1_000_000
# How many times as much a page may cost in the largest dossier as in the smallest.
SMALLEST, MOST_GROWTH = 10_000, 1.5
# How many times as much a later page of a list may cost as the first one.
LATER = ("positions, page 1,000", "positions, first page", 1.2)


def growth(found: dict[int, Ratios]) -> Iterator[str]:
    """Yield how the cost of each page grows from size to size."""
    sizes = sorted(found)
    if len(sizes) < 2:
        return
    steps = list(pairwise(sizes))
    yield f"\n{'cost in floors, from size to size':32}" + "".join(
        f"{f'{one:,} > {other:,}':>26}" for one, other in steps
    )
    for name in found[sizes[0]]:
        cells = [
            f"{found[one][name]:.1f} > {found[other][name]:.1f}"
            f" (x{found[other][name] / found[one][name]:.1f})"
            for one, other in steps
            if name in found[other]
        ]
        yield f"{name:32}" + "".join(f"{cell:>26}" for cell in cells)


def verdicts(found: dict[int, Ratios], others: list[tuple[str, bool | None]]) -> Iterator[str]:
    """Yield each aim with its result: met, not met, or not measured."""
    yield "\nAims"
    for name, (most, least_size) in AIMS.items():
        sizes = [size for size in found if name in found[size]]
        if least_size:
            sizes = [size for size in sizes if size >= least_size]
        if not sizes:
            where = f"at {least_size:,} positions" if least_size else "at every size"
            yield f"  not measured  {name}: at most {most} floors {where}"
        for size in sizes:
            ratio = found[size][name]
            yield f"  {_word(ratio <= most)}  {name}, {size:,}: {ratio:.2f} floors; at most {most}"
    yield from _grown(found)
    later, first, most = LATER
    for size, ratios in found.items():
        if later in ratios and first in ratios:
            ratio = ratios[later] / ratios[first]
            words = f"{later} / first, {size:,}: {ratio:.2f}; at most {most}"
            yield f"  {_word(ratio <= most)}  {words}"
    for line, is_met in others:
        if is_met is not None:
            yield f"  {_word(is_met)}  {line}"


def _grown(found: dict[int, Ratios]) -> Iterator[str]:
    """Yield for each page whether its growth meets the aim, if both sizes are measured."""
    smallest, largest = found.get(SMALLEST, {}), found.get(LARGEST, {})
    for name in smallest.keys() & largest.keys():
        times = largest[name] / smallest[name]
        sizes = f"{SMALLEST:,} to {LARGEST:,}"
        words = f"{name}, {sizes}: {times:.2f} times as much; at most {MOST_GROWTH}"
        yield f"  {_word(times <= MOST_GROWTH)}  {words}"


def most_bytes(name: str, size: int) -> int | None:
    """Return the most bytes of HTML of a page at a size; None: no limit."""
    return MOST_BYTES.get(name, MOST_BYTES_OF_ALL if size >= LARGEST else None)


def _word(is_met: bool) -> str:
    return "met         " if is_met else "NOT MET     "
