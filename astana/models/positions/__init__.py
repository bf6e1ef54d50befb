"""How positions are asked for: which, as of when, as headlines, and as they were."""
