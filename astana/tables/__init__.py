"""Tables of records (django-tables2)."""
