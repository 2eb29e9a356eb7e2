"""Record checks, one module per subject; importing this package registers all of them."""

from importlib import import_module
from pkgutil import iter_modules

MODULES = tuple(sorted(module.name for module in iter_modules(__path__)))
"""The subjects, in the order in which their rules are registered and printed."""

for _name in MODULES:
    import_module(f"{__name__}.{_name}")
