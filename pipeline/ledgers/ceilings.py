"""Every limit of what is read and told, by name; each is tested at limit - 1, limit, limit + 1."""

MAX_FILE_BYTES = 5_000_000
"""Bytes of one shard; the largest honest one (a county's water results of a year) is below 2 MB."""

MAX_ROWS = 100_000
"""Rows of one shard, the header not counted."""

MAX_CELL = 4_000
"""Characters of one cell; the longest text column holds 1,000."""

MAX_COLUMNS = 100
"""Columns of one shard; the widest ledger has 33."""

MAX_FINDINGS = 1_000
"""Findings of one kind (rule and column) listed for one shard; a closing one counts the rest."""

MAX_REPORTED = 20_000
"""Findings in the JSON of `check`, errors first; `cut` says how many breaches are not listed."""

MAX_ALIKE = 3
"""Findings of one kind in one file said one by one to a person; more are told by their places."""

MAX_PLACES = 10
"""Lines named of findings that are told by their places."""

MAX_SAID = 200
"""Kinds of findings said to a person, errors first; how many more there are is said."""

MAX_ANNOTATIONS = 10
"""Errors, and as many warnings, set beside the lines of a pull request: forges show no more."""

MAX_LINES_JOINED = 50
"""Lines looked ahead for the end of a cell that was broken over several lines."""

MAX_YAML_BYTES = 500_000
"""Bytes of a file of settings; the longest honest one is below 20 kB."""

MAX_YAML_DEPTH = 2_000
"""Values nested in one another in a file of settings; ours have fewer than ten."""
