"""Reviews as witnesses: what their texts tell of harm, and signs that they do not come from patients alone.

A step before `vet`, for who wants it: `read_reviews` adds statements to a clinic. How it reads, and
how often it misreads, stands in docs/reviews.md.
"""

from clinic_vetting.reviews.telling import read_reviews

__all__ = ["read_reviews"]
