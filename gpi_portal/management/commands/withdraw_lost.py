from typing import Any

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError, CommandParser

from gpi_portal.nouns import nouns
from gpi_portal.publishing.publish import withdraw


class Command(BaseCommand):
    help = (
        "Withdraw a public record whose working row was deleted, as earlier versions of the portal allowed. "
        "Every other record is withdrawn in the admin."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("noun", choices=nouns())
        parser.add_argument("code")
        parser.add_argument("--reason-en", required=True, help="why, in English: it is public")
        parser.add_argument("--reason-fr", required=True, help="why, in French: it is public")

    def handle(self, *args: Any, **options: Any) -> None:
        model, code = nouns()[options["noun"]], options["code"]
        if model.objects.filter(code=code).exists():
            raise CommandError(f"{options['noun']} {code} is there: withdraw it in the admin.")
        try:
            version = withdraw(model(code=code), reason_en=options["reason_en"], reason_fr=options["reason_fr"])
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        self.stdout.write(f"Withdrawn in data version {version.number}.")
