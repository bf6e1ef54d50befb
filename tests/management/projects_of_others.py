"""Projects of REFI-QDA as other programs write them."""

import zipfile
from pathlib import Path


def guid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012x}"


def a_selection(number: int, start: int, end: int, *codes: int, name: str = "", more="") -> str:
    """Return a passage with codes, as other programs write one."""
    codings = "".join(
        f'<Coding guid="{guid(900 + code)}" creatingUser="{guid(50)}">'
        f'<CodeRef targetGUID="{{{guid(code).upper()}}}"/></Coding>'
        for code in codes
    )
    return (
        f'<PlainTextSelection guid="{guid(number)}" name="{name}" startPosition="{start}" '
        f'endPosition="{end}">{more}{codings}</PlainTextSelection>\n'
    )


def others(path: Path, *sources: str, texts: dict[str, bytes], **more: str) -> Path:
    """Write a project as other programs do: actors, two issues, for and against."""
    codes = "".join(
        f'<Code guid="{guid(number)}" name="{name}" isCodable="true">'
        for number, name in ((1, "Speakers"), (2, "Ana"))
    )
    codes += f'</Code><Code guid="{guid(3)}" name="Ben"/></Code>'
    codes += f'<Code guid="{guid(10)}" name="Topics"><Code guid="{guid(11)}" name="Tax"/>'
    codes += f'<Code guid="{guid(12)}" name="Wind"><Code guid="{guid(13)}" name="More"/></Code>'
    codes += f'</Code><Code guid="{guid(20)}" name="Mood" color="#aa0000"/>'
    xml = (
        f'<Project name="Study"><Users><User guid="{guid(50)}" name="Cem"/></Users>'
        f"<CodeBook><Codes>{codes}{more.get('codes', '')}</Codes></CodeBook>"
        f'<Variables><Variable guid="{guid(60)}" name="Date" typeOfVariable="Date"/>'
        f'<Variable guid="{guid(61)}" name="Mood" typeOfVariable="Text"/></Variables>'
        f"{more.get('cases', '')}<Sources>{''.join(sources)}</Sources>{more.get('notes', '')}"
        "</Project>"
    )
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", more.get("start", "\ufeff") + xml)
        for name, content in texts.items():
            archive.writestr(name, content)
    return path


def a_text(number: int, name: str, path: str, *parts: str, day: str = "2020-05-01") -> str:
    said = f'<VariableRef targetGUID="{guid(60)}"/><DateValue>{day}</DateValue>'
    variables = f"<VariableValue>{said if day else ''}</VariableValue>"
    start = f'<TextSource guid="{{{guid(number)}}}" name="{name}" plainTextPath="{path}">'
    return f"{start}{''.join(parts)}{variables}</TextSource>"
