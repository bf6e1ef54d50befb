"""What Astana knows: statements in, comparisons out. No Django, no SQL, no HTML."""
