"""Paper: reports, forms, boards and cards set by Typst, the same bytes every time."""
