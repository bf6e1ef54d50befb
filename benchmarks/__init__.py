"""Cost of the pages on generated dossiers, as ratios to a floor measured in the same run."""
