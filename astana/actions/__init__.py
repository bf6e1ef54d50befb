"""The few writes that span models: keyword-only, atomic."""
