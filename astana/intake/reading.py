"""What was read of a text that somebody brought, why it was refused, and the limits."""

from dataclasses import dataclass, field

# The bytes of a file, and the characters of the text that comes out of it.
MAX_BYTES = 10_000_000
MAX_CHARACTERS = 1_000_000

# How a text can be doubtful. A person looks at it before it is stored.
WARNINGS = {
    "encoding-guessed",  # The bytes were not Unicode and were read as Western European.
    "encoding-contradicted",  # The page declares something else, but its bytes are Unicode.
    "characters-replaced",  # Some bytes were no character; U+FFFD stands in their place.
    "paragraphs-guessed",  # No blank lines: each line was taken for a paragraph.
    "pages-without-words",  # Some pages of the PDF hold pictures only.
    "date-unclear",  # The page gives a day of publication, but which one is not certain.
    "other-language",  # The words look like another language than the file says.
    "running-heads",  # Page numbers and lines that most pages repeat were left out.
    "notes-missing",  # The reader of Rich Text leaves footnotes out.
    "columns",  # The PDF has words side by side, whose order has to be checked.
    "letters-unknown",  # Some fonts of the PDF do not say which letters they draw.
    "right-to-left-pdf",  # The order of the words has to be checked.
}

# Where what a file says about itself stands in it.
ORIGINS = {
    "json-ld",
    "open-graph",
    "meta",  # A <meta> of another kind.
    "marked",  # Words on the page that are marked as what they are.
    "heading",  # The only <h1>.
    "title-tag",
    "link",  # The page's own address in its head.
    "saved-from",  # What a browser writes into a page that it saves.
    "tag",  # The language of <html>.
    "properties",  # Those of a document.
    "words",  # Judged by the words.
}

# Why a text can be refused, and what the refusal says beside.
REFUSALS = {
    "file-name": (),  # The name does not end like that of a kind we read.
    "wrong-kind": ("kind",),  # The contents are not what the name says.
    "too-large": ("megabytes",),
    "too-many-characters": ("characters",),
    "too-many-pages": ("pages",),
    "too-much-inside": (),  # A document that unpacks to more than a document would.
    "encrypted": (),
    "encoding": (),  # The bytes are no text in an encoding we know.
    "scan": (),  # A PDF of pictures.
    "unknown-letters": (),  # A PDF whose fonts do not say which letters they draw.
    "empty": (),  # No words.
    "unreadable": (),  # Damaged, or not as the format has it.
    "busy": (),  # Others are being read, and its turn did not come.
    "limits": (),  # Took more time or memory than a file may.
}


class Refused(Exception):
    """A text that is not taken, with a code of `REFUSALS` and what its message needs to say."""

    def __init__(self, code: str, **params: str | int) -> None:
        if tuple(params) != REFUSALS[code]:
            raise ValueError(f"The refusal {code} says {REFUSALS[code]}, not {tuple(params)}.")
        super().__init__(code)
        self.code = code
        self.params = params


@dataclass(frozen=True, slots=True)
class Reading:
    """A text in paragraphs separated by a blank line, and what its file said about it.

    What is not said there is empty: nothing is guessed but the language, by the words. `date` is
    the day of publication in ISO 8601. `origins` has one of `ORIGINS` for each of the others.
    """

    text: str
    title: str = ""
    author: str = ""
    date: str = ""
    site: str = ""
    url: str = ""
    language: str = ""
    origins: dict[str, str] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
