"""The files of one election."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from astana.formats.folders import Folder
from astana.formats.package import Trouble, Troubles, Unreadable
from astana.words.characters import on_one_line

_OVERVIEW = "overview.json"
_SHOWN = 8

Rows = dict[int, dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Election:
    """One election: what its files say, by the ids that hold within it."""

    # The folder it is in: where, and in which year.
    place: str
    title: str
    day: date
    url: str
    parties: Rows
    theses: Rows
    categories: Rows
    answers: Rows
    opinions: Rows
    comments: Rows


def election_in(folder: Folder, wanted: str) -> Election:
    """Return the election that was asked for, or the only one that there is; raises Unreadable."""
    found = [
        name.removesuffix(_OVERVIEW).rstrip("/")
        for name in folder.names
        if name.rpartition("/")[2] == _OVERVIEW
    ]
    fitting = [one for one in found if f"/{one}".endswith(f"/{wanted}")] if wanted else found
    if not found:
        reason = "It does not contain this file. Name the folder of an election, or a zip of it."
        raise Unreadable([Trouble(_OVERVIEW, reason)])
    if len(fitting) != 1:
        shown = ", ".join("/".join(one.split("/")[-2:]) for one in found[:_SHOWN])
        more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
        reason = f"Choose one election: {shown}{more}."
        raise Unreadable([Trouble("option election", reason)])
    return _Reader(folder, fitting[0]).read()


class _Reader:
    def __init__(self, folder: Folder, root: str) -> None:
        self._folder = folder
        self._root = root
        self._troubles = Troubles()

    def read(self) -> Election:
        overview = self._folder.json(self._name(_OVERVIEW))
        if not isinstance(overview, dict):
            raise Unreadable([Trouble(_OVERVIEW, "It is not a JSON object. Begin it with {.")])
        try:
            day = date.fromisoformat(str(overview.get("date", "")))
        except ValueError as error:
            reason = "It is not a day such as 2021-09-26. Correct it."
            raise Unreadable([Trouble(f"{_OVERVIEW}, date", reason)]) from error
        election = Election(
            place=self._root,
            title=on_one_line(str(overview.get("title") or "")) or "Election",
            day=day,
            url=on_one_line(str(overview.get("data_source") or overview.get("info") or "")),
            parties=self._rows("party.json", "name"),
            theses=self._rows("statement.json", "label", "text"),
            categories=self._rows("category.json", "label", is_needed=False),
            answers=self._rows("answer.json", "message"),
            opinions=self._rows("opinion.json", "party", "statement", "answer"),
            comments=self._rows("comment.json", "text", is_needed=False),
        )
        self._check(election)
        self._troubles.refuse()
        return election

    def _name(self, file: str) -> str:
        return f"{self._root}/{file}" if self._root else file

    def _rows(self, file: str, *needed: str, is_needed: bool = True) -> Rows:
        if self._name(file) not in self._folder.names:
            if is_needed:
                self._troubles.add(file, "The file is missing. Add it.")
            return {}
        listed = self._folder.json(self._name(file))
        if not isinstance(listed, list):
            self._troubles.add(file, "It is not a list of objects. Begin it with [.")
            return {}
        rows: Rows = {}
        for number, row in enumerate(listed, 1):
            place = f"{file}, object {number}"
            one = row.get("id") if isinstance(row, dict) else None
            if type(one) is not int:
                self._troubles.add(place, "It has no number as its id. Add one.")
            elif one in rows:
                self._troubles.add(place, f"The id {one} occurs twice. Keep one of them.")
            elif missing := [name for name in needed if row.get(name) in (None, "")]:
                self._troubles.add(place, f"{missing[0]} is missing. Add it.")
            else:
                rows[one] = row
        return rows

    def _check(self, election: Election) -> None:
        """Note the answers that are not known, and the opinions that name what is not there."""
        for one, row in election.answers.items():
            if one not in (0, 1, 2):
                reason = f"0, 1 and 2 are known, and not “{str(row['message'])[:40]}”."
                self._troubles.add(f"answer.json, id {one}", reason)
        for one, row in election.theses.items():
            category = row.get("category") if election.categories else None
            if category is not None and (
                type(category) is not int or category not in election.categories
            ):
                reason = f"{str(category)[:20]} is not in category.json. Correct it."
                self._troubles.add(f"statement.json, id {one}, category", reason)
        known: Mapping[str, Rows] = {
            "party": election.parties,
            "statement": election.theses,
            "answer": election.answers,
        }
        seen: dict[tuple[Any, Any], int] = {}
        for one, row in election.opinions.items():
            place = f"opinion.json, id {one}"
            for name, rows in known.items():
                if type(row[name]) is not int or row[name] not in rows:
                    reason = f"{str(row[name])[:20]} is not in {name}.json. Correct it."
                    self._troubles.add(f"{place}, {name}", reason)
            comment = row.get("comment")
            if comment is not None and (
                type(comment) is not int or comment not in election.comments
            ):
                reason = f"{str(comment)[:20]} is not in comment.json. Correct it."
                self._troubles.add(f"{place}, comment", reason)
            first = seen.setdefault((str(row["party"]), str(row["statement"])), one)
            if first != one:
                self._troubles.add(place, f"The id {first} has the same party and statement.")
