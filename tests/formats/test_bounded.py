"""Files whose format is guessed by their name and content."""

import json
import subprocess
import sys

from astana.formats.bounded import names_for, read_within_bounds
from astana.formats.package import Package
from astana.formats.worker import read_as


def test_a_format_is_guessed_as_the_first_that_finds_something_in_a_file():
    table = b"actor;issue;stance;said;quote\nRussia;Truce;supports;2017-01-24;we back it\n"
    names = names_for("Study.CSV")
    assert names[-1] == "csv"
    name, read = read_as(names, table, {}, Package())
    assert (name, len(read.package.cells("positions"))) == ("csv", 1)

    # Other formats of JSON read it too, and find nothing in it.
    day = {"date-parts": [[2017, 1, 24]]}
    about = {"type": "article-newspaper", "title": "Talks", "container-title": "Gazette"}
    article = json.dumps([{"id": "x", "issued": day} | about]).encode()
    name, read = read_within_bounds(["hypothesis", "csl-json"], article, {}, Package())
    assert (name, len(read.package.cells("articles"))) == ("csl-json", 1)


def test_a_process_that_reads_a_file_loads_what_its_format_needs_and_nothing_else():
    code = (
        "import sys; from astana.formats.registry import FORMATS; FORMATS['dna']; "
        "print([one for one in ('openpyxl', 'lxml', 'edtf', 'django') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
