"""A sweep over inputs that nobody wrote down: every column, every file, and random damage.

`oracle` says what must be refused, from the schema files alone; `pool` holds the values tried;
`damage` makes the trials; `trials` runs them as the command line would. `make test` runs a minute
of it, `make fuzz` the long run with its counts.
"""
