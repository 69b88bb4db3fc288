"""Every `store` module of the house, found by its name, so that a room added later is under these tests by itself."""

import importlib
import pkgutil
from types import ModuleType

import auth
import search


def stores() -> list[ModuleType]:
    """The modules, imported: their tables stand in the one metadata from now on."""
    names = [
        module.name
        for package in (auth, search)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
        if module.name.endswith(".store")
    ]
    return [importlib.import_module(name) for name in names]
