"""Rows that an agent can cite: each says whose voice it is, when it was said, and on which passage
it rests, with an address; nothing found is a row of its own.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.urls import reverse

from astana.comparison.coverage import Coverage
from astana.models import Dossier
from astana.models.counts import counts_of
from astana.models.coverage_words import read_sentence, silence_words
from astana.web.addresses import query_of

_NOT_NEUTRAL = (
    "No {sort} position was found, which does not mean that there is none, nor that the actor is"
    " neutral."
)
_NOTHING: dict[str, Any] = {"voice": None, "said": None, "source": [], "passage": []}


def position_row(row: Mapping[str, Any], dossier: Dossier, *, site: str) -> dict[str, Any]:
    """Return a position (a row of the table of positions) with its passages.

    Words that the public may not read are null.
    """
    home = f"{site}{dossier.get_absolute_url()}"
    passages = [
        {
            "words": words,
            "source": source,
            "paragraph": paragraph,
            "role": role,
            # The reader marks a passage for those alone who may read it.
            "url": f"{home}articles/{article}/"
            + (f"?position={row['key']}#p{paragraph or ''}" if words else ""),
        }
        for source, article, paragraph, role, words in zip(
            row["sources"], row["articles"], row["paragraphs"], row["roles"], row["words"],
            strict=True,
        )
    ]  # fmt: skip
    return {
        "kind": "position",
        "dossier": dossier.slug,
        "position": row["key"],
        **{name: row[name] for name in ("actor", "actor_name", "issue", "issue_title")},
        "stance": row["stance_label"],
        "summary": row["summary"],
        "condition": row["condition"] or None,
        "voice": row["voice"],
        "first_hand": row["first_hand"],
        "attributed_by": row["attributed_by"],
        "speaker": row["speaker"],
        "disputed": row["disputed"],
        "said": row["said"] or row["latest"],
        "source": list(dict.fromkeys(row["sources"])),
        "passage": passages,
        "url": row["url"],
    }


def cell_row(
    row: Mapping[str, Any], dossier: Dossier, *, site: str, first_hand_only: bool = False
) -> dict[str, Any]:
    """Return a row of a comparison: a stance that stands in a cell, or that nothing was found."""
    if row["position"] is None:
        read = Coverage(row["articles_read"], row["read_in_full"], row["looked_for"])
        names = {name: row[name] for name in ("actor", "actor_name", "issue", "issue_title")}
        return silence_row(
            dossier, read, as_of=row["as_of"], site=site, first_hand_only=first_hand_only, **names
        )
    found = position_row({**row, "key": row["position"]}, dossier, site=site)
    other = row["body_name"] if row["body"] != row["actor"] else None
    is_speaker = row["speaker"] == row["actor"]
    return found | {
        "as_of": row["as_of"],
        "cell": row["cell"],
        "said_by_a_part_of_it": None if is_speaker else other,
        "said_for": other if is_speaker else None,
    }


def silence_row(
    dossier: Dossier,
    read: Coverage,
    *,
    as_of: date,
    site: str,
    first_hand_only: bool,
    **names: str | None,
) -> dict[str, Any]:
    """Return that nothing was found in what was `read`, of an actor, on an issue, or of both.

    `names` are actor, actor_name, issue and issue_title, each None where it was not asked about.
    Where only what is first-hand was asked for, nothing is said of the rest.
    """
    actor, issue = names["actor"], names["issue"]
    sort = "first-hand" if first_hand_only else "stated"
    found = silence_words(read, first_hand_only=first_hand_only) if issue else read_sentence(read)
    query = query_of(
        (),
        actor=actor,
        issue=issue,
        as_of=as_of.isoformat(),
        first_hand="1" if first_hand_only else None,
        open=f"{actor}.{issue}" if actor and issue else None,
    )
    page = reverse("compare:matrix", args=[dossier.slug])
    return {
        "kind": "silence",
        "dossier": dossier.slug,
        **names,
        "as_of": as_of,
        "articles_read": read.articles,
        "read_in_full": read.in_full,
        "looked_for": read.looked_for if issue else None,
        "meaning": f"{found} {_NOT_NEUTRAL.format(sort=sort)}",
        **_NOTHING,
        "url": f"{site}{page}{query}",
    }


def issue_row(row: Mapping[str, Any], dossier: Dossier, *, site: str) -> dict[str, Any]:
    """Return an issue (a row of the table of issues), which says nothing of any actor."""
    page = reverse("issues:detail", args=[dossier.slug, row["issue"]])
    return {
        "kind": "issue",
        "dossier": dossier.slug,
        **{name: row[name] for name in ("issue", "title", "question", "group")},
        "asks": row["kind"],
        "stances": list(row["labels"]),
        "positions": row["positions"],
        "actors": row["actors"],
        "url": f"{site}{page}",
    }


def dossier_row(dossier: Dossier, *, site: str) -> dict[str, Any]:
    """Return a dossier with how much it holds, and until when."""
    counts = counts_of(dossier)
    return {
        "kind": "dossier",
        "dossier": dossier.slug,
        "title": dossier.title,
        "description": dossier.description,
        "licence": dossier.licence or None,
        "issues": len(counts.issues),
        "actors": len(counts.actors),
        "positions": counts.positions,
        "articles": counts.articles,
        "last_said": counts.last_day,
        "url": f"{site}{dossier.get_absolute_url()}",
    }
