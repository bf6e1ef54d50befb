"""What is known of words in all languages, for whatever compares them. Knows no Django."""
