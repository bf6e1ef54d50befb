"""Intake: turn pasted or uploaded words into plain text, each file in a bounded process.

No Django. What is refused or doubtful is named by a code, for which the caller has the words.
"""
