"""What whoever runs the site sees of it: log, health, figures; in none is a text or a name."""
