"""The page coder agreement."""
