"""The whole database as a folder that can be put away and put back."""
