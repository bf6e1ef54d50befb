"""Line ends, the one thing about a text that its way through a browser changes."""


def plain(text: str) -> str:
    """Return a text as it was before a browser gave each line end a carriage return."""
    return text.replace("\r\n", "\n").replace("\r", "\n")
