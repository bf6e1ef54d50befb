"""How fast the pages answer on generated dossiers, as ratios to a floor of the same run."""
