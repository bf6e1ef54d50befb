"""Every address of the desk of a dossier: where those who work on it code, review and mend."""

from django.urls import path

from astana.pages.desk.assignments import views as assignments
from astana.pages.desk.challenges import views as challenges
from astana.pages.desk.coder_agreement import views as coder_agreement
from astana.pages.desk.coding import views as coding
from astana.pages.desk.codings import views as codings
from astana.pages.desk.comments import views as comments
from astana.pages.desk.history import views as history
from astana.pages.desk.links import views as links
from astana.pages.desk.looked_for import views as looked_for
from astana.pages.desk.members import views as members
from astana.pages.desk.merges import views as merges
from astana.pages.desk.outcomes import views as outcomes
from astana.pages.desk.passages import views as passages
from astana.pages.desk.proposals import views as proposals
from astana.pages.desk.review import views as review
from astana.pages.desk.rounds import views as rounds
from astana.pages.desk.uploads import views as uploads
from astana.pages.setup import views as setup
from astana.web.section import section

DESK = [
    # Coding in the text.
    section(
        "",
        "codings",
        path("articles/<slug:article>/code/", codings.article, name="article"),
        path("articles/<slug:article>/code/suggestions/", codings.suggestions, name="suggestions"),
        path("positions/<slug:position>/edit/", codings.edit, name="edit"),
        path("positions/<slug:position>/edit/remove/", codings.remove, name="remove"),
    ),
    # What positions are to others.
    section(
        "positions/<slug:position>/links/",
        "links",
        path("", links.of_position, name="of_position"),
        path("remove/", links.remove, name="remove"),
    ),
    # What was looked for, where.
    section(
        "",
        "looked_for",
        path("articles/<slug:article>/looked-for/", looked_for.article, name="article"),
        path("documents/<slug:document>/examined/", looked_for.document, name="document"),
    ),
    # What it is made of.
    section(
        "setup/",
        "setup",
        path("", setup.index, name="index"),
        path("issues/<slug:record>/move/", setup.move, name="move"),
        path("codebook/", setup.codebook, name="codebook"),
        path("<slug:kind>/", setup.records, name="records"),
        path("<slug:kind>/new/", setup.new, name="new"),
        path("<slug:kind>/<slug:record>/edit/", setup.edit, name="edit"),
        path("<slug:kind>/<slug:record>/remove/", setup.remove, name="remove"),
    ),
    # What comes in from other tools.
    section(
        "uploads/",
        "uploads",
        path("", uploads.index, name="index"),
        path("<int:upload>/", uploads.detail, name="detail"),
        path("<int:upload>/load/", uploads.load, name="load"),
        path("<int:upload>/again/", uploads.again, name="again"),
        path("<int:upload>/remove/", uploads.remove, name="remove"),
    ),
    # Who works on it.
    section(
        "members/",
        "members",
        path("", members.index, name="index"),
        path("leave/", members.leave, name="leave"),
        path("coders/<int:coder>/match/", members.match, name="match"),
        path("<int:member>/change/", members.change, name="change"),
        path("<int:member>/remove/", members.remove, name="remove"),
        path("<int:member>/hand-over/", members.hand_over, name="hand_over"),
        path("invitations/<int:invitation>/withdraw/", members.withdraw, name="withdraw"),
    ),
    # Coding by several people independently of each other.
    section(
        "coding/rounds/",
        "rounds",
        path("", rounds.index, name="index"),
        path("<slug:article>/", rounds.detail, name="detail"),
        path("<slug:article>/accept/", rounds.accept, name="accept"),
        path("<slug:article>/decide/", rounds.decide, name="decide"),
        path("<slug:article>/close/", rounds.close, name="close"),
        path("<slug:article>/write/<slug:position>/", rounds.write, name="write"),
    ),
    section("coding/outcomes/", "outcomes", path("", outcomes.index, name="index")),
    section(
        "coding/agreement/",
        "coder_agreement",
        path("", coder_agreement.index, name="index"),
        path("confusion/", coder_agreement.confusion, name="confusion"),
        path("confusion.<slug:suffix>", coder_agreement.file, name="file"),
    ),
    # What was, and mending it.
    section(
        "history/",
        "history",
        path("", history.index, name="index"),
        path("<slug:noun>/<str:record>/", history.detail, name="detail"),
        path("<slug:noun>/<str:record>/<int:change>/revert/", history.revert_change, name="revert"),
        path("<slug:noun>/<str:record>/restore/", history.restore, name="restore"),
    ),
    section(
        "merges/",
        "merges",
        path("", merges.index, name="index"),
        path("new/", merges.new, name="new"),
        path("<int:merge>/undo/", merges.undo, name="undo"),
    ),
    section(
        "",
        "passages",
        path("passages/", passages.index, name="index"),
        path("passages/mend/", passages.mend_together, name="mend_together"),
        path("passages/<slug:noun>/<int:passage>/mend/", passages.mend, name="mend"),
        path("articles/<slug:article>/text/", passages.text, name="text"),
    ),
    # The desk: coding, review, comments, and what readers object to.
    section(
        "coding/assignments/",
        "assignments",
        path("", assignments.index, name="index"),
        path("<int:assignment>/finish/", assignments.finish, name="finish"),
        path("<int:assignment>/reopen/", assignments.reopen, name="reopen"),
        path("<int:assignment>/remove/", assignments.remove, name="remove"),
    ),
    section(
        "coding/",
        "coding",
        path("", coding.index, name="index"),
        path("positions/<slug:position>/", coding.position, name="position"),
        path("positions/<slug:position>/step/", coding.step, name="step"),
        path("positions/<slug:position>/delete/", coding.delete, name="delete"),
    ),
    section(
        "",
        "challenges",
        path("review/challenges/", challenges.index, name="index"),
        path("review/challenges/<int:challenge>/", challenges.answer, name="answer"),
        path("positions/<slug:position>/challenge/", challenges.new, name="new"),
    ),
    section(
        "proposals/",
        "proposals",
        path("", proposals.index, name="index"),
        path("<slug:noun>/<int:proposal>/", proposals.decide, name="decide"),
    ),
    section(
        "review/",
        "review",
        path("", review.index, name="index"),
        path("<slug:position>/", review.decide, name="decide"),
    ),
    section(
        "",
        "comments",
        path("positions/<slug:position>/comments/", comments.of_position, name="of_position"),
        path("articles/<slug:article>/comments/", comments.of_article, name="of_article"),
        path("comments/<int:comment>/resolve/", comments.resolve, name="resolve"),
        path("comments/<int:comment>/reopen/", comments.reopen, name="reopen"),
    ),
]
