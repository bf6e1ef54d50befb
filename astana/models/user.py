"""The account of a person."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who signs in; our own from the first migration, so that it can grow."""
