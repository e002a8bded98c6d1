import pytest
from django.core.management import CommandError, call_command

from gpi_portal.models import PublishedVersion
from projects.models import Project, Recipient

pytestmark = pytest.mark.django_db
REASONS = ["--reason-en", "Deleted long ago.", "--reason-fr", "Supprimée il y a longtemps."]


def test_a_public_record_without_a_row_is_withdrawn_with_its_reasons(client):
    Project.objects.filter(code="gpi-0011").delete()
    call_command("withdraw_lost", "project", "gpi-0011", *REASONS)
    for url, reason in (("/en/projects/gpi-0011/", REASONS[1]), ("/fr/projets/gpi-0011/", REASONS[3])):
        answer = client.get(url)
        assert answer.status_code == 410
        assert reason in answer.content.decode()


@pytest.mark.parametrize(
    ("noun", "code", "why"),
    [
        ("project", "gpi-0001", "withdraw it in the admin"),
        ("project", "gpi-9999", "is not public"),
        ("recipient", "optel", "Other public records refer to"),
    ],
)
def test_nothing_else_is_withdrawn(noun, code, why):
    Project.objects.filter(recipient__code="optel").delete()
    Recipient.objects.filter(code="optel").delete()
    with pytest.raises(CommandError, match=why):
        call_command("withdraw_lost", noun, code, *REASONS)
    assert not PublishedVersion.objects.filter(withdrawn=True).exists()
