"""Criteria sets in other languages: the same questions and numbers, other words."""

from clinic_vetting.translation.speaking import in_language, missing
from clinic_vetting.translation.translation import Translation, load_translation, read, texts

__all__ = ["Translation", "in_language", "load_translation", "missing", "read", "texts"]
