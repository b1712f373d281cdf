"""Criteria as a maintained thing: what is wrong with a set, what differs between two, and what that does to clinics."""
