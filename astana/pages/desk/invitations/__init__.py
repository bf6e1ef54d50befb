"""The page invitations."""
