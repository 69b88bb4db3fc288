"""The pages of collections."""

from fastapi import APIRouter

from search.find.service import Finder
from search.saved.collections.room import Room
from search.web.collections import branches, filling, keeping, one


def router(room: Room, finder: Finder) -> APIRouter:
    """The routes without a prefix."""
    routes = APIRouter(include_in_schema=False)
    one.add(routes, room, finder)
    filling.add(routes, room)
    branches.add(routes, room)
    keeping.add(routes, room)
    return routes
