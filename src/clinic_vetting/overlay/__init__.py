"""A criteria set that builds on another: only what differs, each change with a reason and an owner."""

from clinic_vetting.overlay.applied import apply
from clinic_vetting.overlay.change import Addition, Change, Overlay

__all__ = ["Addition", "Change", "Overlay", "apply"]
