"""What the database keeps of positions beside them: indexes, and the rules that a row meets."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Greatest, Length
from django.utils.translation import gettext_lazy as _

from astana.models.elsewhere import SUGGESTION_OF_SOMETHING, foreign_id_once

# That a curator put a position in its place which takes the same stance (`is_confirmed`).
CONFIRMED = Q(status="rejected", settled_by__actor=F("actor"), settled_by__stance=F("stance"))
# When a published position was published, coded, reviewed or edited last.
CHANGED_AT = Greatest(
    F("published_at"),
    Coalesce(F("coded_at"), F("published_at")),
    Coalesce(F("reviewed_at"), F("published_at")),
    Coalesce(F("edited_at"), F("published_at")),
)
# What counts as newer: the later last day, then the later first day.
_NEWEST = ("-latest", "-earliest", "-id")
# Each begins with what the database can compare for equality. They are full indexes: a
# partial one is never covering here, as Django passes the flag as a parameter.
INDEXES = [
    models.Index(
        fields=["actor", "issue", "public", "first_hand", *_NEWEST, "stance"],
        name="position_headline",
    ),
    models.Index(fields=["public", "issue", *_NEWEST], name="position_of_issue"),
    models.Index(fields=["public", "actor", *_NEWEST], name="position_of_actor"),
    models.Index(fields=["dossier", "public", *_NEWEST], name="position_newest"),
    models.Index(fields=["speaker", "public", *_NEWEST], name="position_of_speaker"),
    models.Index(
        fields=["speaker", "issue", "public", "first_hand", *_NEWEST],
        condition=Q(speaker__isnull=False),
        name="position_spoken",
    ),
    models.Index(
        fields=["issue", "event", "actor", "public", "first_hand", *_NEWEST],
        condition=Q(event__isnull=False),
        name="position_of_event",
    ),
    models.Index(fields=["dossier", "public", "voice", *_NEWEST], name="position_of_voice"),
    # The orders in which lists can be looked at.
    models.Index(fields=["stance", "public", *_NEWEST], name="position_of_stance"),
    models.Index(
        fields=["attributed_by", "public", *_NEWEST],
        condition=Q(attributed_by__isnull=False),
        name="position_attributed",
    ),
    models.Index(fields=["dossier", "public", "summary", "id"], name="position_by_summary"),
    # The next free key is the highest and one.
    models.Index(
        F("dossier"), Length("key").desc(), F("key").desc(), name="position_by_length_of_key"
    ),
    models.Index(
        F("dossier"), F("public"), CHANGED_AT.desc(), F("id").desc(), name="position_changed"
    ),
    models.Index(fields=["dossier", "public", "actor"], name="position_count_by_actor"),
    models.Index(fields=["dossier", "public", "issue"], name="position_count_by_issue"),
]

CONSTRAINTS = [
    foreign_id_once("position"),
    SUGGESTION_OF_SOMETHING,
    models.UniqueConstraint(
        fields=["dossier", "key"],
        name="position_key_once",
        violation_error_message=_("The dossier has a position with this key."),
    ),
    models.CheckConstraint(
        condition=Q(voice="attributed", attributed_by__isnull=False)
        | (~Q(voice="attributed") & Q(attributed_by__isnull=True)),
        name="position_attributed_by_somebody",
        violation_error_message=_("Say by whom if the voice is “attributed”, and only then."),
    ),
    models.CheckConstraint(
        condition=Q(authority="")
        | (Q(authority__in=["for-actor", "about-actor"]) & Q(voice="attributed")),
        name="position_authority_of_who_attributes",
        violation_error_message=_("Leave the authority empty, or choose the voice “attributed”."),
    ),
    models.CheckConstraint(
        condition=Q(certainty__in=["stated", "implied", "hinted"]), name="position_certainty_known"
    ),
    models.CheckConstraint(
        condition=Q(latest__gte=F("earliest")),
        name="position_ends_after_start",
        violation_error_message=_("The date ends before it starts."),
    ),
    models.CheckConstraint(
        condition=Q(coder__isnull=True, coded_at__isnull=True)
        | Q(coder__isnull=False, coded_at__isnull=False),
        name="position_coder_and_when",
        violation_error_message=_(
            "A coder needs a time of coding, and a time of coding needs a coder."
        ),
    ),
    models.CheckConstraint(
        condition=Q(reviewer__isnull=True, reviewed_at__isnull=True)
        | Q(reviewer__isnull=False, reviewed_at__isnull=False),
        name="position_reviewer_and_when",
        violation_error_message=_(
            "A reviewer needs a time of review, and a time of review needs a reviewer."
        ),
    ),
    models.CheckConstraint(
        condition=~Q(status="published") | Q(published_at__isnull=False),
        name="position_published_when",
    ),
    models.CheckConstraint(
        condition=~Q(status="rejected") | ~Q(reason=""),
        name="position_rejected_why",
        violation_error_message=_("Say why the position is rejected: the coder will see it."),
    ),
    models.CheckConstraint(
        condition=Q(
            voice__in=[
                "direct-quote",
                "reported-speech",
                "document",
                "act",
                "attributed",
                "characterised",
            ]
        )
        & Q(status__in=["draft", "submitted", "published", "rejected"]),
        name="position_voice_and_status_known",
    ),
]
