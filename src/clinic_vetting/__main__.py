"""Run the command as `python -m clinic_vetting`."""

import sys

from clinic_vetting.cli import main

if __name__ == "__main__":
    sys.exit(main())
