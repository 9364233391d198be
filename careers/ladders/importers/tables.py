"""A spreadsheet as CSV: a row for each criterion, or a matrix of dimensions and levels."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from careers.ladders.importers.draft import Draft
from careers.ladders.importers.finishing import finish
from careers.ladders.importers.listing import is_listing, read_listing
from careers.ladders.importers.matrix import is_matrix, read_matrix
from careers.ladders.importers.rows import heading_of, read_csv
from careers.ladders.importers.source import refuse

if TYPE_CHECKING:
    from careers.ladders.document import LadderDocument


def read_table(text: str, *, file: str) -> LadderDocument:
    """The ladder of a CSV text. The first of the lines above the heading row is its name."""
    rows = read_csv(text)
    place = heading_of(rows)
    draft = Draft(file=file, name=rows[0].filled[0] if place else "")
    table = rows[place:]
    if is_listing(table[0]):
        read_listing(table, draft)
    elif is_matrix(table):
        read_matrix(table, draft)
    else:
        sentence = _(
            "The columns are not those of a ladder: write a row for each criterion, with columns"
            " called level, dimension and criterion, or a column for each level."
        )
        refuse(table[0].line, sentence)
    return finish(draft)
