"""Characters → blocks, pages, divisions, lists and notes: what layout and numbering show."""
