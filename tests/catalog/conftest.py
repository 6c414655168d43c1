"""The catalogue with its cohorts, and each request on its own."""

import pytest

from lms.catalog import offers
from lms.enrollment.queries.offers import CohortOffers


@pytest.fixture(autouse=True)
def _cohorts_in_the_catalogue(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(offers, "_offers", [CohortOffers()])


@pytest.fixture(autouse=True)
def _push_request_context() -> None:
    """Without pytest-flask's request context: within it all requests of a test share one `g`,
    and whoever asked first is still signed in when the next one asks.
    """
