"""Record checks, one module per subject; a new file in this folder is a new subject."""

from importlib import import_module
from pkgutil import iter_modules

MODULES = tuple(
    import_module(f"{__name__}.{name}") for name in sorted(m.name for m in iter_modules(__path__))
)
"""The subjects, in the order in which their rules are asked."""
