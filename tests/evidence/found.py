"""Findings as tests compare them."""


def place(finding):
    return finding.health, finding.start
