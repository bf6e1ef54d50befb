#!/usr/bin/env python
"""Django's command line for Astana."""

import os
import sys


def main() -> None:
    """Run one management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "astana.settings")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError, ProgrammingError

    try:
        execute_from_command_line(sys.argv)
    except KeyboardInterrupt:
        sys.exit("Ended.")
    except ImproperlyConfigured as error:
        sys.exit(f"{error}")
    except (OperationalError, ProgrammingError) as error:
        if "--traceback" in sys.argv:
            raise
        sys.exit(
            f"The database says: {str(error).strip()}. Look whether it runs, whether DATABASE_URL "
            "names it, whether its disk has room, and whether manage.py upgrade was run. With "
            "--traceback you see where it happened."
        )


if __name__ == "__main__":
    main()
