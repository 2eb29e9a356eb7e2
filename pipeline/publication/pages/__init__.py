"""The kinds of pages. Each module has functions that yield `Page`s of one subject from facts."""
