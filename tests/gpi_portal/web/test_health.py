import pytest

pytestmark = pytest.mark.django_db


def test_health_answers_without_and_with_the_database(client):
    assert client.get("/healthz").content == b"ok\n"
    assert client.get("/readyz").content == b"ready\n"
