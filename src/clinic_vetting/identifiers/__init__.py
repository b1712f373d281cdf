"""Numbers of registers: whether one can exist, and what that is worth.

A number that cannot exist is a mistake or made up. One that is well formed, and even one whose check
digit is valid, proves no licence: only the register itself does.
"""

from clinic_vetting.identifiers.checking import Checked, Form, check_number, readings

__all__ = ["Checked", "Form", "check_number", "readings"]
