"""The read API: what is offered, how it is asked for, and how it answers."""
