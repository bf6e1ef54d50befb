"""What is looked for and where: one form of words for two databases. Knows no model."""
