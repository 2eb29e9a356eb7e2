"""Questions that pages ask, by subject: where each figure on a page is computed.

`places` who is where; `people` who answers and whom to call; `supply` waterworks and outages;
`issues` what was found and mended; `water` how the water stands, in figures and words; `scores` the
assessment; `history` and `changes` what happened. Pages choose and show; they compute nothing.
"""
