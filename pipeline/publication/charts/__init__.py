"""Charts as accessible, themed, reproducible SVG, and pictures for sharing as PNG.

`canvas` is the only door to matplotlib; each other module draws one kind of chart. Charts know
names and numbers only, nothing of ledgers.
"""
