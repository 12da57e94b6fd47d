"""The extensions of the documents keep the contract that Kring gives to authors."""

from pathlib import Path
from typing import ClassVar

from kring.extend import find
from kring.testing import ExtensionContract

SHIPPED = Path(__file__).parents[1] / "docs" / "howto" / "extensions"


class TestVisitors(ExtensionContract):
    extension = find(str(SHIPPED / "visitors.py"))
    at_work: ClassVar = {"visitors_reach": 0.2, "visitors_after": 4}


class TestBudget(ExtensionContract):
    extension = find(str(SHIPPED / "budget.py"))
    at_work: ClassVar = {"budget_share": 0.5}


class TestBuddies(ExtensionContract):
    extension = find(str(SHIPPED / "buddies.py"))
    at_work: ClassVar = {"buddies_of_a_team": 5, "buddies_ease": 0.5}


class TestUnhelped(ExtensionContract):
    extension = find(str(SHIPPED / "unhelped.py"))
