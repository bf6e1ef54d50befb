"""How any page is asked and answered: its address, its lists, its files, programs and others."""
