"""The tests mirror `astana/`; what two of them share is here or in `conftest.py`."""
