"""What others show of Astana: how its address is found by that of a page."""
