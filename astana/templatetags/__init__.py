"""Tags and filters for the look of things."""
