"""Files of other tools, brought into a dossier by its owners."""
