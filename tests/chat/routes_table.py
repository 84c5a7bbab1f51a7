"""The table of routes for the README; python -m tests.chat.routes_table writes it there."""

from __future__ import annotations

from qa.chat.routes import ROUTES, Who
from tests.readme import write_part

_WHO = {Who.ALL: "everyone, links from elsewhere too", Who.OWN: "everyone", Who.KEEPER: "keepers"}


def write_table() -> str:
    """A line for each route, in the order of the code."""
    lines = ["| address | who | limits | what |", "|---|---|---|---|"]
    lines += [
        f"| `{route.method} {route.path}` | {_WHO[route.who]} | {route.cost.value} | {route.what} |" for route in ROUTES
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    write_part("routes", write_table())
