"""`make bom`: what Astana needs at run time, as a bill of materials with hashes and licences.

Versions and hashes come from the requirements, licences from the installed packages.
"""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_HOW = ("--sv", "1.6", "--of", "JSON", "--output-reproducible")


def main(file: Path) -> None:
    """Write the bill, and print the packages whose licence is not known."""
    bill = _told("requirements", "requirements.txt")
    for one in add_licences(bill, _told("environment", sys.executable)):
        print(f"{one}: not installed here, or it names no licence")
    file.write_text(json.dumps(bill, indent=2) + "\n")


def add_licences(bill: dict[str, Any], installed: dict[str, Any]) -> list[str]:
    """Give each part the licence of its installed package; return the parts without one."""
    licences = {one.get("purl"): one.get("licenses") for one in installed["components"]}
    for one in bill["components"]:
        if found := licences.get(one["purl"]):
            one["licenses"] = found
    return [one["purl"] for one in bill["components"] if "licenses" not in one]


def _told(*what: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "cyclonedx_py", *what, *_HOW]
    return json.loads(subprocess.run(command, check=True, capture_output=True).stdout)


if __name__ == "__main__":
    main(Path("bom.json"))
