"""What agents read that have to cite: tools over the Model Context Protocol, and llms.txt."""
