"""The index finds, on either database, what the rules of the analyser and the query say."""

import datetime
import random
from collections.abc import Iterable

import pytest
from django.db import connection
from django.db.models import QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gpi_portal import search
from gpi_portal.models import PublishedTag, PublishedVersion, RegistryVersion
from gpi_portal.search import Text
from gpi_portal.search.highlight import Reading
from gpi_portal.search.index import MOST_PLACES, MOST_PLACES_OF_A_LEXEME, lexemes

pytestmark = pytest.mark.django_db

with_database = settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def samples() -> QuerySet[PublishedVersion]:
    return PublishedVersion.objects.filter(noun="sample")


def find(query: str) -> set[str]:
    return {version.code for version in samples().filter(search.matching(search.parse(query)))}


def put(**documents: str | Iterable[Text]) -> None:
    """Index versions under these codes; a plain text is English."""
    moment = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    number = RegistryVersion.objects.latest_number() + 1
    opened = RegistryVersion.objects.create(number=number, published_at=moment, kind="published")
    for code, texts in documents.items():
        version = PublishedVersion.objects.create(noun="sample", code=code, valid_from=opened, document={})
        search.index([(version.pk, [Text(texts, "en")] if isinstance(texts, str) else texts)])


@pytest.fixture
def shelf() -> None:
    put(
        ore=[Text("Battery minerals", "en", "title"), Text("Copper or zinc from the mine", "en")],
        gold=[Text("Minéraux pour batteries", "fr", "title"), Text("Mine d’or et de cuivre", "fr")],
        lake=[Text("Tłı̨chǫ", None, "title"), Text("Whatì", None), Text("R&D in mining: 165,300 dollars", "en")],
        trade=[Text("Supply chain of clean energy", "en"), Text("L’énergie propre", "fr")],
    )


FOUND = [
    ("", {"ore", "gold", "lake", "trade"}),
    ("🎉", set()),
    ("batteries", {"ore", "gold"}),
    ("minéral", {"ore", "gold"}),
    ("cuivre", {"gold"}),
    ("or", {"gold"}),
    ("or*", {"gold"}),
    ("copper or", set()),
    ('"copper or zinc"', {"ore"}),
    ('"mine d or"', {"gold"}),
    ("tlicho", {"lake"}),
    ("Whatì", {"lake"}),
    ("R&D", {"lake"}),
    ("r-d mining", {"lake"}),
    ("165300", set()),
    ("$165,300", {"lake"}),
    ("energy", {"trade"}),
    ("énergie", {"trade"}),
    ("propre energy", {"trade"}),
    ('"clean energy"', {"trade"}),
    ('"energy clean"', set()),
    ('"energy l energie"', set()),
    ('"tlicho whati"', set()),
    ('"mineral"', set()),
    ('"minerals"', {"ore"}),
    ("the", {"ore"}),
    ("the zinc", {"ore"}),
    ("min*", {"ore", "gold", "lake"}),
    ("th*", set()),
    ("copper OR energy", {"ore", "trade"}),
    ("copper OU cuivre batteries", {"ore", "gold"}),
    ("batteries -zinc", {"gold"}),
    ('mine -"mine d or"', {"ore", "lake"}),
    ("-batteries", {"lake", "trade"}),
    ("-batteries -energy", {"lake"}),
    ("-mine -energy", set()),
    ("copper -copper", set()),
]


@pytest.mark.parametrize(("query", "codes"), FOUND)
def test_found(shelf, query, codes):
    assert find(query) == codes


VOCABULARY = ["or", "the", "mine", "mines", "métal", "métaux", "Œuvre", "R&D", "7.5", "l’or"]
TEXTS = st.lists(st.sampled_from(VOCABULARY), max_size=6).map(" ".join)
DOCUMENTS = st.lists(
    st.builds(Text, TEXTS, st.sampled_from(["en", "fr", None]), st.sampled_from(["title", "body"])), max_size=3
)
QUERIES = st.lists(st.sampled_from([*VOCABULARY, *'-"', " ", " OR ", "* "]), max_size=8).map(" ".join)


def answers(texts: list[Text], query: search.Query) -> bool:
    """The rules, applied to the texts without an index."""
    readings = [Reading(text.text, text.language) for text in texts]

    def holds(operand) -> bool:
        return all(any(reading.shows(term) for reading in readings) for term in operand)

    return all(any(map(holds, group)) for group in query.required) and not any(map(holds, query.excluded))


@with_database
@given(st.lists(DOCUMENTS, max_size=4), st.lists(QUERIES, min_size=1, max_size=5))
def test_the_index_finds_what_the_rules_say(documents, queries):
    samples().delete()
    put(**{f"d{number}": texts for number, texts in enumerate(documents)})
    for query in map(search.parse, queries):
        if not query.is_empty:
            expected = {f"d{number}" for number, texts in enumerate(documents) if answers(texts, query)}
            assert find(query.text) == expected, query


@with_database
@given(st.text(), st.text())
def test_no_text_and_no_query_fails(text, query):
    put(any=[Text(text, None, "title")])
    parsed = search.parse(query)
    list(samples().filter(search.matching(parsed)).order_by(search.rank(parsed)))
    samples().delete()


@pytest.mark.parametrize("word", ["w{} ", "w{} OR ", "-w{} ", '"w{}" ', "w{}* "])
def test_two_thousand_terms_are_answered(shelf, word):
    find("".join(word.format(number) for number in range(2_000)))


def test_words_of_the_title_come_first(shelf):
    query = search.parse("minerals OR mine OR tlicho")
    ranked = dict(samples().filter(search.matching(query)).values_list("code", search.rank(query)))
    assert ranked == {"ore": 2, "gold": 2, "lake": 2}
    query = search.parse("minerals zinc")
    assert list(samples().filter(search.matching(query)).values_list("code", search.rank(query))) == [("ore", 1)]
    query = search.parse("cuivre")
    assert list(samples().filter(search.matching(query)).values_list("code", search.rank(query))) == [("gold", 0)]


@pytest.mark.parametrize("query", ["mine", "-mine", "", "🎉", "mine zinc OR or -energy"])
def test_rank_orders_whatever_the_query(shelf, query):
    parsed = search.parse(query)
    found = samples().filter(search.matching(parsed)).order_by(search.rank(parsed).desc(), "code")
    assert {version.code for version in found} == find(query)


def test_rows_that_refer_to_a_version_are_narrowed_by_it(shelf):
    for version in samples():
        PublishedTag.objects.create(version=version, kind="shelf", value=version.code)
    tags = PublishedTag.objects.filter(search.matching(search.parse("batteries -zinc"), "version"), kind="shelf")
    assert [tag.value for tag in tags] == ["gold"]


def test_writing_a_version_again_replaces_it_and_no_texts_remove_it(shelf):
    version = samples().get(code="ore")
    for text in ("tungsten", "tungsten and tin"):
        search.index([(version.pk, [Text(text, "en")])])
    assert (find("tungsten"), find("zinc")) == ({"ore"}, set())
    search.index([(version.pk, [])])
    assert find("tungsten") == set()


def test_many_versions_are_written_in_a_few_queries(shelf, django_assert_max_num_queries):
    keys = list(samples().values_list("pk", flat=True))
    with django_assert_max_num_queries(4):
        search.index((key, [Text("tungsten", "en")]) for key in keys)
    assert len(find("tungsten")) == 4


def test_clear_empties_the_index(shelf):
    search.clear()
    assert find("mine") == set()


def test_texts_of_a_document():
    document = {"name_en": "Mine", "name_fr": "La mine", "note_en": "", "note_fr": None}
    expected = [Text("Mine", "en", "title", "name_en"), Text("La mine", "fr", "title", "name_fr")]
    assert search.bilingual(document, "name", "note", weight="title") == expected
    assert [text.field for text in search.bilingual(document, "name", field="recipient")] == ["recipient"] * 2
    assert search.names(["NICO", ""], field="aliases") == [Text("NICO", None, "body", "aliases")]


def test_what_lies_beyond_the_bounds_is_not_searched():
    put(long=" ".join(f"w{number}" for number in range(MOST_PLACES + 10)))
    assert find(f"w{MOST_PLACES - 1}") == {"long"}
    assert find(f"w{MOST_PLACES}") == set()
    assert find(f'"w{MOST_PLACES - 2} w{MOST_PLACES - 1}"') == {"long"}


def test_a_phrase_is_found_among_the_first_places_of_a_frequent_word():
    put(often="ore " * MOST_PLACES_OF_A_LEXEME + "zinc ore tin ore")
    assert find('"ore zinc"') == {"often"}
    assert find('"ore tin"') == set()
    assert find("ore tin") == {"often"}


def test_the_largest_texts_fit():
    letters = random.Random(1)
    words = " ".join("".join(chr(letters.randint(0x4E00, 0x9FFF)) for _ in range(100)) for _ in range(2_000))
    small = " ".join(f"{number:012}" for number in range(20_000))
    put(wide=[Text(words, None, "title"), Text(small, None)], deep=[Text(small, None, "title")])
    assert find("000000000007") == {"deep", "wide"}


def test_no_number_of_texts_passes_the_bounds():
    long = Text("ore " * MOST_PLACES, None)
    row, _ = lexemes([Text("ore", None, "title"), *[long] * 3, *[Text("zinc", "en"), Text("…", "en")] * 1_000])
    assert len(row) <= MOST_PLACES + 1
    assert row[:4] == ["=ore", None, "^=ore", None]


def test_both_databases_are_given_the_same_lexemes():
    row, loose = lexemes([Text("Mines d’or", "fr", "title"), Text("the ore", "en")])
    assert row == ["=mines", "~d", "=or", None, "^=mines", "^~d", "^=or", None, "~the", "=ore", None]
    assert loose == ["fr:min", "fr:or", "^fr:min", "^fr:or", "en:ore"]


def test_the_index_is_no_table_of_django():
    assert "gpi_portal_searchindex" in connection.introspection.table_names()
    assert "gpi_portal_searchindex" not in connection.introspection.django_table_names()
