"""The servers of the orders' tests; a test marked `BOTH` runs on either database."""

from tests.contract.conftest import postgres_socket, postgres_url, store_url  # noqa: F401  fixtures
from tests.server.orders.conftest import world  # noqa: F401  fixture
