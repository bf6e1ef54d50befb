"""Files of other tools as the rows of a dossier, and back; knows no Django."""
