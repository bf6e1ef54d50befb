"""A dossier with one article of realistic length, on whose passages many positions rest.

It is in the same tables as the generated dossier, and always the same: 48
paragraphs, 64 positions of 16 actors on 20 issues, some of them on the same passage, on two
passages, second-hand, conditional or disputed.
"""

from datetime import date
from random import Random

from django.db import transaction

from astana.evidence.anchor import hash_of
from astana.models import (
    Actor,
    Article,
    Dossier,
    Evidence,
    Issue,
    Position,
    Rendition,
    Source,
    Stance,
)
from benchmarks import words
from benchmarks.pages import ONE_ARTICLE

PARAGRAPHS, SENTENCES = 48, 5
ACTORS, ISSUES, POSITIONS = 16, 20, 64
PUBLISHED = date(2017, 1, 25)


def an_article_to_read() -> Dossier:
    """Return the dossier with the article, written now if the database has none."""
    found = Dossier.objects.filter(slug=ONE_ARTICLE).first()
    if found:
        return found
    with transaction.atomic():
        dossier = Dossier.objects.create(slug=ONE_ARTICLE, title="One article", visibility="public")
        _write(dossier, Random(1))
    return dossier


def _write(dossier: Dossier, random: Random) -> None:
    actors = [
        Actor.objects.create(dossier=dossier, slug=f"actor-{number}", name=name, kind=kind)
        for number in range(ACTORS)
        for name, kind in [words.actor_name(number)]
    ]
    issues = [
        Issue.objects.create(
            dossier=dossier,
            slug=f"issue-{number}",
            title=words.issue_title(number),
            question=f"What should become of the {words.issue_title(number).lower()}?",
            order=number,
        )
        for number in range(ISSUES)
    ]
    stances = {
        issue: [
            Stance.objects.create(
                issue=issue, slug=f"stance-{order}", label=label, value=value, order=order
            )
            for order, (value, label) in enumerate(words.STANCES)
        ]
        for issue in issues
    }
    source = Source.objects.create(dossier=dossier, slug="gazette", name="Gazette")
    article = Article.objects.create(
        dossier=dossier,
        slug="a-long-one",
        source=source,
        title="What the parties said",
        published=PUBLISHED,
        language="en",
    )
    text, places = _text(random, actors, issues)
    rendition = Rendition.objects.create(
        article=article,
        kind="synopsis",
        language="en",
        rights="public",
        text=text,
        sha256=hash_of(text),
        characters=len(text),
        paragraphs=[[sentences[0][0], sentences[-1][1]] for sentences in places],
    )
    for number in range(POSITIONS):
        actor, issue = random.choice(actors), random.choice(issues)
        voice = random.choice(("direct-quote", "reported-speech", "act", "attributed"))
        position = Position.objects.create(
            dossier=dossier,
            key=f"p{number}",
            actor=actor,
            issue=issue,
            stance=random.choice(stances[issue]),
            summary=words.sentence(random, actor.name, issue.title),
            condition=words.condition(random),
            said=PUBLISHED.isoformat(),
            voice=voice,
            attributed_by=random.choice([one for one in actors if one != actor])
            if voice == "attributed"
            else None,
            status="published",
        )
        for turn in range(1 + number % 2):
            paragraph = random.randrange(PARAGRAPHS)
            start, end = random.choice(places[paragraph])
            Evidence.objects.create(
                position=position,
                number=turn + 1,
                role="disputes" if random.random() < 0.05 else "supports",
                rendition=rendition,
                paragraph=paragraph + 1,
                start=start,
                end=end,
                exact=text[start:end],
                health="intact",
            )


def _text(
    random: Random, actors: list[Actor], issues: list[Issue]
) -> tuple[str, list[list[tuple[int, int]]]]:
    """Return the text, and the place of each sentence of each paragraph in it."""
    paragraphs, places, at = [], [], 0
    for _ in range(PARAGRAPHS):
        sentences, found = [], []
        for _ in range(SENTENCES):
            one = words.sentence(random, random.choice(actors).name, random.choice(issues).title)
            found.append((at, at + len(one)))
            sentences.append(one)
            at += len(one) + 1
        paragraphs.append(" ".join(sentences))
        places.append(found)
        at += 1
    return "\n\n".join(paragraphs), places
