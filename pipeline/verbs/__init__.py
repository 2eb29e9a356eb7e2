"""The verbs of the command line, one module each: `NAME`, `HELP`, `arguments` and `run`."""
