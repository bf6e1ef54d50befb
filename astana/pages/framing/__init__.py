"""The page framing."""
