"""The rows of the brag document, and of the tray where what is brought in waits."""

from careers.journal.models.entries import (
    EARLIEST,
    TRASH_DAYS,
    Entry,
    EntryLink,
    EntryQuerySet,
    Evidence,
    Metric,
    Project,
    Revision,
    Week,
    check_digits,
)
from careers.journal.models.tray import Candidate, CandidatePiece

__all__ = [
    "EARLIEST",
    "TRASH_DAYS",
    "Candidate",
    "CandidatePiece",
    "Entry",
    "EntryLink",
    "EntryQuerySet",
    "Evidence",
    "Metric",
    "Project",
    "Revision",
    "Week",
    "check_digits",
]
