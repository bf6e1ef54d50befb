"""What is looked for and where, on two databases. Knows no model."""
