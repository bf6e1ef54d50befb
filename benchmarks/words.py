"""Words for generated dossiers: plain sentences, and names in several languages and scripts."""

from random import Random

COUNTRIES = (
    "Altania", "Boreland", "Cresthaven", "Dunmark", "Eastmoor", "Fernia", "Galdora", "Highmarch",
    "Istria Nova", "Jorvia", "Kelland", "Lowmere", "Marivia", "Northam", "Orlesia", "Pellonia",
    "Quarland", "Rivenna", "Sundria", "Tarvia", "Umberland", "Valdora", "Westrand", "Yarrowmark",
    "Zelenia",
)  # fmt: skip
BODIES = (
    ("{} government", "government"),
    ("Foreign Ministry of {}", "government"),
    ("Delegation of {}", "delegation"),
    ("President of {}", "office"),
    ("People's Party of {}", "party"),
    ("Union of {}", "coalition"),
    ("Guard of {}", "armed-group"),
)
# (language, letters that a name in its script is made of)
SCRIPTS = (
    ("ru", ("Ал", "бо", "ре", "ни", "мар", "ск", "ов", "та", "зе", "лин")),
    ("ar", ("ال", "مر", "بي", "نو", "سل", "قا", "طر", "دم")),
    ("fa", ("گر", "پا", "رس", "چم", "نی", "تا", "دا")),
    ("kk", ("Қа", "ғы", "нұр", "ас", "өзе", "бі")),
    ("tr", ("Gü", "şe", "ıl", "ça", "ör", "ban")),
    ("he", ("של", "רו", "מב", "תי", "קד")),
    ("zh", ("阿", "斯", "塔", "纳", "明", "东")),
)
MATTERS = (
    "the cease-fire", "the release of prisoners", "the border crossings", "the new constitution",
    "the monitoring mission", "the return of the displaced", "the joint commission",
    "the sanctions", "the transit corridor", "the election law", "the water treaty",
    "the withdrawal of troops", "the peace conference", "the shared currency", "the amnesty",
    "the air base", "the customs union", "the minority schools", "the gas pipeline",
    "the fishing zone",
)  # fmt: skip
ASPECTS = (
    "timetable", "guarantors", "verification", "scope", "costs", "mandate", "membership",
    "legal form", "venue", "language", "supervision", "exceptions", "duration", "participants",
    "enforcement",
)  # fmt: skip
STANCES = (
    (-1, "Rejects it"), (-0.5, "Has strong doubts"), (0, "Neither for nor against"),
    (0.5, "Accepts it in part"), (1, "Fully supports it"),
)  # fmt: skip
_VERBS = (
    "asked for a change of", "repeated its view on", "set out terms for", "welcomed the talks on",
    "warned against haste over", "put forward a draft on", "declined to comment on",
    "said that nothing was decided on",
)  # fmt: skip
_ENDINGS = (
    "before the delegations left", "at a meeting of ministers", "in a letter to the mediators",
    "after two days of talks", "while experts were still at work", "as the second round began",
    "in an interview with state television", "during a visit to the region",
)  # fmt: skip
_CONDITIONS = (
    "Only if the other parties sign first.", "If an observer confirms it.",
    "Provided that the mandate is renewed within six months.", "If its costs are shared.",
)  # fmt: skip


def actor_name(number: int) -> tuple[str, str]:
    """Return the name and kind of an actor: the countries first, then bodies of each."""
    round_, place = divmod(number, len(COUNTRIES))
    if round_ == 0:
        return COUNTRIES[place], "state"
    form, kind = BODIES[(round_ - 1) % len(BODIES)]
    return form.format(COUNTRIES[place]), kind


def foreign_names(random: Random) -> list[tuple[str, str]]:
    """Return names of an actor in three languages, as (language, name)."""
    return [
        (language, "".join(random.choices(letters, k=4)).capitalize())
        for language, letters in random.sample(SCRIPTS, 3)
    ]


def issue_title(number: int) -> str:
    """Return the title of an issue: each matter under each aspect."""
    matter, aspect = MATTERS[number % len(MATTERS)], ASPECTS[number // len(MATTERS) % len(ASPECTS)]
    return f"{aspect} of {matter}".capitalize()


def sentence(random: Random, name: str, title: str) -> str:
    """Return one sentence on an actor and an issue."""
    return f"{name} {random.choice(_VERBS)} the {title.lower()} {random.choice(_ENDINGS)}."


def condition(random: Random) -> str:
    """Return a condition, or nothing more often than not."""
    return random.choice(_CONDITIONS) if random.random() < 0.25 else ""
