"""Every URL of a text, whatever carries it, with its place: what `citecheck links` lists and `check` checks."""
