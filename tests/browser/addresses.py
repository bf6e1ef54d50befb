"""An address of every page of the demonstration dossier, and of its states that look different."""

from tests.permissions import OF_NOBODY

DOSSIER = "/dossiers/syria-astana-2017/"
FIVE = "&".join(
    f"actor={actor}" for actor in ("syria-gov", "opposition", "russia", "turkey", "usa")
)
COMPARE = f"{DOSSIER}compare/?{FIVE}&issue=assad-future&issue=iran-guarantor"
OPEN = "&open=syria-gov.assad-future"

ADDRESSES = {
    "home:index": "/",
    "dossiers:detail": DOSSIER,
    "compare:matrix": f"{DOSSIER}compare/",
    "compare:matrix-open": f"{COMPARE}&as_of=2017-01-24{OPEN}",
    "compare:matrix-silence": f"{COMPARE}&as_of=2017-01-24&open=russia.assad-future",
    "compare:matrix-actors": f"{COMPARE}&choose=actors",
    "compare:matrix-transposed": f"{COMPARE}&transpose=1",
    "compare:matrix-before-all": f"{COMPARE}&as_of=2015-01-01",
    "compare:matrix-unknown": f"{DOSSIER}compare/?actor=atlantis&as_of=2017-02-30",
    "compare:matrix-permalink": f"{COMPARE}&recorded_as_of=2026-12-31",
    "compare:matrix-before-recorded": f"{COMPARE}&recorded_as_of=2017-01-24T12:00:00Z",
    "blind:index": f"{DOSSIER}blind/",
    "blind:index-set": f"{COMPARE}&as_of=2017-01-24&blind=1",
    "blind:index-unknown": f"{DOSSIER}blind/?set=nobody",
    "blind:worksheet": f"{DOSSIER}blind/worksheet/",
    "blind:key": f"{DOSSIER}blind/key/",
    "classes:join": "/class/",
    "classes:join-unknown": "/class/?code=nobody",
    "classes:reading": "/class/DEMQCLSS/",
    "classes:reading-unknown": "/class/nobody/",
    "classes:index": "/classes/",
    "classes:new": "/classes/new/",
    "classes:detail": "/classes/DEMQCLSS/",
    "classes:detail-names": "/classes/DEMQCLSS/?names=1",
    "classes:end": "/classes/DEMQCLSS/end/",
    "comparisons:index": "/comparisons/",
    "comparisons:new": f"/comparisons/new/?dossier=syria-astana-2017&{FIVE}&issue=assad-future",
    "comparisons:new-unknown": "/comparisons/new/?dossier=syria-astana-2017&actor=atlantis",
    "comparisons:detail": "/comparisons/demonstration/",
    "comparisons:detail-gone": "/comparisons/gone/",
    "comparisons:edit": "/comparisons/demonstration/edit/",
    "comparisons:delete": "/comparisons/demonstration/delete/",
    "issues:index": f"{DOSSIER}issues/",
    "issues:detail": f"{DOSSIER}issues/assad-future/",
    "actors:index": f"{DOSSIER}actors/",
    "actors:detail": f"{DOSSIER}actors/turkey/",
    "actors:detail-person": f"{DOSSIER}actors/alloush/",
    "articles:index": f"{DOSSIER}articles/",
    "articles:detail": f"{DOSSIER}articles/wsws-2017-01-25/",
    "articles:detail-position": f"{DOSSIER}articles/wsws-2017-01-25/?position=p004",
    "articles:detail-beside": (
        f"{DOSSIER}articles/wsws-2017-01-25/?beside=middle-east-observer-2017-01-21"
    ),
    "articles:new": f"{DOSSIER}articles/new/",
    "codings:article": f"{DOSSIER}articles/wsws-2017-01-25/code/",
    "codings:article-panel": f"{DOSSIER}articles/wsws-2017-01-25/code/?start=15&end=240",
    "codings:article-unknown": f"{DOSSIER}articles/wsws-2017-01-25/code/?rendition=x&start=9&end=1",
    "codings:edit": f"{DOSSIER}positions/p009/edit/",
    "links:of_position": "/dossiers/workshop/positions/p0/links/",
    "links:of_position-none": f"{DOSSIER}positions/p009/links/",
    "positions:index": f"{DOSSIER}positions/",
    "positions:index-filtered": f"{DOSSIER}positions/?actor=turkey&voice=direct-quote",
    "positions:index-no-match": f"{DOSSIER}positions/?q=nothing-has-this-word",
    "positions:detail": f"{DOSSIER}positions/p009/",
    "events:index": f"{DOSSIER}events/",
    "events:detail": f"{DOSSIER}events/astana-1/",
    "documents:detail": f"{DOSSIER}documents/astana-statement-2017-01/",
    "timeline:index": f"{DOSSIER}timeline/",
    "timeline:index-actor": (
        f"{DOSSIER}timeline/?by=actor&actor=turkey&from=2016-12-15&to=2017-02-15"
    ),
    "agreement:index": f"{DOSSIER}agreement/",
    "agreement:index-pair": f"{DOSSIER}agreement/?pair=russia.opposition",
    "agreement:index-discourse": f"{DOSSIER}agreement/?measure=subtract&pair=russia.turkey",
    "agreement:statements": f"{DOSSIER}agreement/statements/",
    "agreement:statements-unknown": f"{DOSSIER}agreement/statements/?counting=love",
    "agreement:index-few": f"{DOSSIER}agreement/?as_of=2015-01-01",
    "agreement:index-unknown": f"{DOSSIER}agreement/?actor=atlantis&least=0",
    "documents:index": f"{DOSSIER}documents/",
    "documents:detail-left-out": (
        f"{DOSSIER}documents/astana-statement-2017-01/?with=de-escalation-memorandum"
    ),
    "documents:detail-no-previous": f"{DOSSIER}documents/moscow-statement-2016/",
    "documents:detail-unknown": f"{DOSSIER}documents/moscow-statement-2016/?with=atlantis",
    "sources:index": f"{DOSSIER}sources/",
    "sources:index-cell": f"{DOSSIER}sources/?actor=syria-gov&issue=direct-talks",
    "sources:index-silent": f"{DOSSIER}sources/?actor=kerry&issue=direct-talks",
    "sources:index-none": f"{DOSSIER}sources/?as_of=2010-01-01",
    "sources:detail": f"{DOSSIER}sources/reuters/",
    "sources:detail-narrowed": f"{DOSSIER}sources/reuters/?alone=1&actor=iran&first_hand=1",
    "sources:detail-early": f"{DOSSIER}sources/reuters/?as_of=2017-01-10",
    "sources:detail-unknown": f"{DOSSIER}sources/reuters/?actor=atlantis&as_of=2017-02-30",
    "sources:index-unknown": f"{DOSSIER}sources/?actor=atlantis&as_of=2017-02-30",
    "feeds:index": f"{DOSSIER}feed/",
    "feeds:index-actor": f"{DOSSIER}feed/?actor=turkey",
    "feeds:index-unknown": f"{DOSSIER}feed/?actor=turkey&issue=assad-future",
    "framing:index": f"{DOSSIER}framing/",
    "framing:index-actor": f"{DOSSIER}framing/?actor=syria-gov",
    "framing:index-none": f"{DOSSIER}framing/?actor=kerry&source=lbc",
    "framing:index-unknown": f"{DOSSIER}framing/?source=nobody",
    "answers:index": f"{DOSSIER}answers/",
    "answers:index-answered": (
        f"{DOSSIER}answers/?answer-assad-future=must-leave&answer-iran-guarantor=rejects"
    ),
    "answers:index-unknown": f"{DOSSIER}answers/?answer-assad-future=nobody&issue=atlantis",
    "common_ground:index": f"{DOSSIER}common-ground/",
    "common_ground:index-facts": f"{DOSSIER}common-ground/?show=facts",
    "brief:index": f"{DOSSIER}brief/",
    "brief:index-sides": (
        f"{DOSSIER}brief/?side=russia,iran,turkey&side=syria-gov&side=opposition&group=*"
    ),
    "brief:index-unknown": f"{DOSSIER}brief/?side=atlantis,russia",
    "citations:index": f"{DOSSIER}cite/?of=position&name=p009",
    "citations:index-comparison": f"{DOSSIER}cite/?of=compare&issue=assad-future",
    "citations:index-unknown": f"{DOSSIER}cite/?of=issue&name=nobody",
    "coverage:index": f"{DOSSIER}coverage/",
    "coverage:index-parties": f"{DOSSIER}coverage/?by=actor",
    "coverage:index-early": f"{DOSSIER}coverage/?as_of=2017-01-10",
    "coverage:index-unknown": f"{DOSSIER}coverage/?group=Nonsense",
    "method:index": "/method/",
    "method:glossary": "/glossary/",
    "method:files": "/files/",
    "method:licence": "/licence/",
    "method:api": "/api/docs/",
    "search:index": "/search/",
    "search:index-found": "/search/?q=Jaafari&dossier=syria-astana-2017",
    "search:index-kind": "/search/?q=iran&kind=position",
    "search:index-facets": "/search/?q=cease-fire&source=reuters&language=en",
    "search:index-alike": "/search/?q=laverntyew",
    "search:index-answer": "/search/?q=who+wants+Assad+to+leave",
    "search:index-misspelt": "/search/?q=ceasfire",
    "search:index-nearly": "/search/?q=Lavrov+zanzibar",
    "search:index-no-match": "/search/?q=nothing-has-this-word",
    "search:index-unknown": "/search/?q=iran&source=nobody",
    "accounts:index": "/accounts/",
    "accounts:close": "/accounts/close/",
    "accounts:close-last-owner": "/accounts/close/",
    "dossiers:new": "/dossiers/new/",
    "dossiers:settings": f"{DOSSIER}settings/",
    "members:index": f"{DOSSIER}members/",
    "uploads:index": "/dossiers/workshop/uploads/",
    "uploads:detail": "/dossiers/workshop/uploads/1/",
    "invitations:detail": "/invitations/demonstration/",
    "invitations:detail-used": "/invitations/used/",
    "account_login": "/accounts/login/",
    "issues:new": "/dossiers/workshop/issues/new/",
    "issues:edit": "/dossiers/workshop/issues/issue-0/edit/",
    "rounds:index": "/dossiers/workshop/coding/rounds/",
    "rounds:detail": "/dossiers/workshop/coding/rounds/article-0/",
    "rounds:write": "/dossiers/workshop/coding/rounds/article-0/write/r0/",
    "outcomes:index": "/dossiers/workshop/coding/outcomes/",
    "coder_agreement:index": ("/dossiers/workshop/coding/agreement/?of=stance&measure=percent"),
    "coder_agreement:confusion": (
        "/dossiers/workshop/coding/agreement/confusion/?issue=issue-0&cell=neither.supports"
    ),
    "coder_agreement:index-none": f"{DOSSIER}coding/agreement/",
    "coder_agreement:index-unknown": f"{DOSSIER}coding/agreement/?issue=atlantis",
    "setup:index": "/dossiers/workshop/setup/",
    "setup:codebook": "/dossiers/workshop/setup/codebook/",
    "setup:records": "/dossiers/workshop/setup/issues/",
    "setup:records-none": "/dossiers/workshop/setup/actors/?q=nothing-has-this",
    "setup:new": "/dossiers/workshop/setup/actors/new/",
    "setup:edit": "/dossiers/workshop/setup/events/event-0/edit/",
    "setup:remove": "/dossiers/workshop/setup/actors/actor-0/remove/",
    "history:index": f"{DOSSIER}history/",
    "history:index-none": f"{DOSSIER}history/?noun=source&until=2010-01-01",
    "passages:index": f"{DOSSIER}passages/",
    "passages:index-some": "/dossiers/workshop/passages/",
    "passages:text": "/dossiers/workshop/articles/article-0/text/",
    "looked_for:article": "/dossiers/workshop/articles/article-0/looked-for/",
    "looked_for:document": "/dossiers/workshop/documents/document-0/examined/",
    "merges:index": "/dossiers/workshop/merges/",
    "proposals:index": "/dossiers/workshop/proposals/",
    "merges:new": "/dossiers/workshop/merges/new/",
    "merges:new-merge": (
        "/dossiers/workshop/merges/new/?do=merge&noun=issue&kept=issue-0&other=issue-2"
    ),
    "merges:new-split": "/dossiers/workshop/merges/new/?do=split&noun=actor&kept=actor-1",
    "history:detail": "/dossiers/workshop/history/position/p0/",
    "coding:index": "/dossiers/workshop/coding/",
    "coding:index-rejected": "/dossiers/workshop/coding/?show=rejected",
    "coding:index-none": f"{DOSSIER}coding/",
    "coding:index-unknown": "/dossiers/workshop/coding/?show=nobody&page=7",
    "coding:position": "/dossiers/workshop/coding/positions/rejected-0/",
    "coding:position-draft": "/dossiers/workshop/coding/positions/draft-0/",
    "review:index": "/dossiers/workshop/review/",
    "review:index-own": "/dossiers/workshop/review/?position=submitted-0",
    "review:index-none": f"{DOSSIER}review/",
    "review:index-no-match": "/dossiers/workshop/review/?health=lost",
    "comments:of_position": "/dossiers/workshop/positions/p0/comments/",
    "comments:of_article": "/dossiers/workshop/articles/article-0/comments/",
    "assignments:index": "/dossiers/workshop/coding/assignments/",
    "assignments:index-none": "/dossiers/workshop/coding/assignments/?q=nothing-has-this",
    "challenges:index": "/dossiers/workshop/review/challenges/",
    "challenges:index-answered": "/dossiers/workshop/review/challenges/?show=answered",
    "challenges:answer": "/dossiers/workshop/review/challenges/1/",
    "challenges:new": f"{DOSSIER}positions/p009/challenge/",
    "positions:detail-challenged": "/dossiers/workshop/positions/p0/",
    "positions:detail-withdrawn": "/dossiers/workshop/positions/rejected-1/",
    "articles:detail-commented": "/dossiers/workshop/articles/article-0/",
    "notices:index": "/notices/",
    "notices:index-none": "/notices/",
    "notices:unsubscribe": f"/notices/unsubscribe/{OF_NOBODY}/",
    "not-found": f"{DOSSIER}issues/no-such-issue/",
}

# Who signs in before these; `site` in conftest.py makes the people and what they see.
SIGNED_IN = {name: "editor" for name in ADDRESSES if name.startswith("comparisons:")}
SIGNED_IN |= {
    name: "editor"
    for name in ADDRESSES
    if name.startswith("classes:") and not name.startswith(("classes:join", "classes:reading"))
}
SIGNED_IN |= {"accounts:index": "coder", "dossiers:new": "coder"}
SIGNED_IN |= {"accounts:close": "coder", "accounts:close-last-owner": "keeper"}
SIGNED_IN |= {name: "coder" for name in ADDRESSES if name.startswith("codings:article")}
SIGNED_IN |= {"articles:new": "coder", "codings:edit": "reviewer"}
SIGNED_IN |= {"links:of_position-none": "reviewer"}
SIGNED_IN |= {"dossiers:settings": "owner", "members:index": "owner"}
# A members-only dossier with something of everything, see tests/a_large_dossier.py.
SIGNED_IN |= {name: "keeper" for name in ADDRESSES if "/workshop/" in ADDRESSES[name]}
SIGNED_IN |= {name: "coder" for name in ADDRESSES if name.startswith("coder_agreement:index-")}
SIGNED_IN |= dict.fromkeys(("history:index", "history:index-none", "passages:index"), "coder")
SIGNED_IN |= {"coding:index-none": "coder", "review:index-none": "reviewer"}
SIGNED_IN |= {"notices:index": "keeper", "notices:index-none": "reader"}
