"""How to cite a record or a search: in words, as BibTeX and as RIS, each with a link that shows the same later."""

import hashlib
import re
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.urls import translate_url
from django.utils.http import urlencode

from gpi_portal.i18n.figures import long_date
from gpi_portal.i18n.languages import active_language
from gpi_portal.models import RegistryVersion
from gpi_portal.publishing.moments import Moment, today

PATTERNS = {
    "en": "{author}. “{sentence}” {site}, data version {version}, {day}. {url}",
    "fr": "{author}. «\u00a0{title}\u00a0». {site}, version {version} des données, {day}. {url}",
}
#: BibTeX reads a brace as the edge of a value even after a backslash, so braces become parentheses.
BIBTEX = str.maketrans(
    {
        **{character: f"\\{character}" for character in "&%$#_"},
        "\\": r"\textbackslash{}",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "{": "(",
        "}": ")",
    }
)


def search_key(name: str, query: QueryDict) -> str:
    """The key of a list. A search adds a digest of its parameters, whatever their order."""
    pairs = [(field, value) for field, values in query.lists() for value in values]
    # Days need no place in the digest: the data version, which is in the key too, tells them apart.
    asked = sorted((field, value) for field, value in pairs if value and field not in ("page", "as_of"))
    return f"{name}-{hashlib.sha256(urlencode(asked).encode()).hexdigest()[:8]}" if asked else name


@dataclass(frozen=True)
class Reference:
    """How to cite a page as it is at a moment: titles and addresses by language, data version and day.

    ``key``: its name in a reference manager, which no other page has.
    """

    key: str
    titles: dict[str, str]
    urls: dict[str, str]
    version: int
    day: Any

    @classmethod
    def of(
        cls,
        request: HttpRequest,
        key: str,
        titles: dict[str, str],
        moment: Moment,
        version: RegistryVersion,
    ) -> "Reference":
        """The reference of the requested page, fixed to its day and data version; the link keeps the whole query.

        The day is not enough: until it is over, by a clock that may be wrong, more can be published on it.
        """
        day, number = moment.day or today(), version.number
        query = request.GET.copy()
        query.pop("page", None)
        query["as_of"] = Moment(number, day, is_exact=True).as_of
        path = re.sub(r"cite\.[^/]*$", "", request.path)
        host = f"{request.scheme}://{request.get_host()}"
        urls = {language: f"{host}{translate_url(path, language)}?{query.urlencode()}" for language in titles}
        return cls(key, titles, urls, number, day)

    def words(self) -> dict[str, str]:
        """The reference in each language, that of the page first."""
        order = sorted(self.titles, key=lambda language: language != active_language())
        return {language: self._words(language) for language in order}

    def _words(self, language: str) -> str:
        title = self.titles[language]
        return PATTERNS[language].format(
            author=settings.OPERATOR[f"operator_name_{language}"],
            title=title,
            sentence=f"{title.rstrip('.')}.",
            site=settings.SITE_NAMES[language],
            version=self.version,
            day=long_date(self.day, language),
            url=self.urls[language],
        )

    def bibtex(self, language: str) -> str:
        fields = {
            "title": self.titles[language],
            "author": settings.OPERATOR[f"operator_name_{language}"],
            "publisher": settings.SITE_NAMES[language],
            "year": str(self.day.year),
            "version": str(self.version),
            "urldate": str(self.day),
            "url": self.urls[language],
            "language": {"en": "english", "fr": "french"}[language],
        }
        lines = [f"  {name} = {{{self._escaped(value, name)}}}," for name, value in fields.items()]
        return "\n".join([f"@misc{{{self.key}-v{self.version},", *lines, "}", ""])

    @staticmethod
    def _escaped(value: str, name: str) -> str:
        line = " ".join(value.split())
        escaped = line if name == "url" else line.translate(BIBTEX)
        return f"{{{escaped}}}" if name == "author" else escaped

    def ris(self, language: str) -> str:
        fields = [
            ("TY", "DATA"),
            ("TI", self.titles[language]),
            ("AU", settings.OPERATOR[f"operator_name_{language}"]),
            ("PB", settings.SITE_NAMES[language]),
            ("PY", str(self.day.year)),
            ("ET", str(self.version)),
            ("Y2", f"{self.day}".replace("-", "/")),
            ("UR", self.urls[language]),
            ("LA", language),
            ("ER", ""),
        ]
        return "".join(f"{tag}  - {' '.join(value.split())}\r\n" for tag, value in fields)
