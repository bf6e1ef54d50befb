"""One article of a list, as a file of another tool describes it."""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Entry:
    """What a file says of an article; what it does not say is empty.

    `published` is a day in ISO 8601, and empty where the file, whose words are `dated`, names no
    day. `number` is by what the file itself knows the article, if by anything.
    """

    # Where it is in the file.
    place: str
    title: str = ""
    byline: str = ""
    source: str = ""
    source_kind: str = "other"
    published: str = ""
    dated: str = ""
    url: str = ""
    language: str = ""
    number: str = ""
    # Paragraphs with a blank line between them.
    text: str = ""
    # What has no place here, by what it is called in the file.
    further: dict[str, str] = field(default_factory=dict)
    # What a person should look at.
    doubts: list[str] = field(default_factory=list)
    # Of the file as a whole, by their names in `astana.intake.reading`.
    warnings: tuple[str, ...] = ()
