"""The query language: what a text typed by a visitor means."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpi_portal.search.query import Operand, Query, QueryTerm, parse


def shape(query: Query) -> str:
    """The query written out: a|b one of them, a+b both in one chunk, "a phrase", prefix*, !excluded."""
    groups = ("|".join(map(_operand, group)) for group in query.required)
    return " ".join((*groups, *(f"!{_operand(operand)}" for operand in query.excluded)))


def _operand(operand: Operand) -> str:
    return "+".join(map(_term, operand))


def _term(term: QueryTerm) -> str:
    text = " ".join(term.words)
    return {"word": text, "phrase": f'"{text}"', "prefix": f"{text}*"}[term.kind]


MEANINGS = [
    # words
    ("Cobalt  CUIVRE", "cobalt cuivre"),
    ("l’énergie", "energie"),
    ("Trois-Rivières", "trois+rivieres"),
    ("Canada's", "canada"),
    ("cobalt cobalt", "cobalt"),
    ("(cobalt), +nickel!", "cobalt nickel"),
    # small words
    ("the gold of the Yukon", "gold yukon"),
    ("la chaîne d'une batterie", "chaine batterie"),
    ("the", "the"),
    ("of the", "of the"),
    ("d'une", "d+une"),
    ("or", "or"),
    ("copper or gold", "copper or gold"),
    ("mine d'or", "mine or"),
    ("the -tin", "!tin"),
    ("tin -the", "tin"),
    ("-the", "!the"),
    # letters and figures that belong together
    ("R&D mining", '"r d" mining'),
    ("R-D", '"r d"'),
    ("U.S. É.-U.", '"u s" "e u"'),
    ("$165,300", '"165 300"'),
    ("US$6.4", 'us+"6 4"'),
    ("2023-24 20", "2023+24 20"),
    # phrases
    ('"the clean energy"', '"the clean energy"'),
    ("« chaîne d’approvisionnement »", '"chaine d approvisionnement"'),
    ("“supply chain” risk", '"supply chain" risk'),
    ('a"supply chain"b nickel', '"supply chain" nickel'),
    ('"grants"', '"grants"'),
    # minus
    ("cobalt -nickel", "cobalt !nickel"),
    ('cobalt -"supply chain"', 'cobalt !"supply chain"'),
    ("−nickel –lithium", "!nickel !lithium"),
    ("--nickel", "!nickel"),
    ("-semi-conducteur", "!semi+conducteur"),
    ("-min*", "!min*"),
    # or
    ("cobalt OR nickel tin", "cobalt|nickel tin"),
    ("cobalt OU nickel OR tin", "cobalt|nickel|tin"),
    ('zinc cobalt OR "supply chain"', 'zinc cobalt|"supply chain"'),
    ("cobalt or nickel ou tin", "cobalt or nickel tin"),
    ("cobalt Or nickel", "cobalt or nickel"),
    ("cobalt OR the nickel", "cobalt|nickel"),
    ("semi-conducteur OU aimant*", "semi+conducteur|aimant*"),
    # prefixes
    ("min*", "min*"),
    ("Minér* rare", "miner* rare"),
    ("(geo*),", "geo*"),
    ("open-sou*", "open+sou*"),
    ("a* tin", "tin"),
    ("mi*ne", "mi+ne"),
    # typed wrongly
    ("OR", "or"),
    ("OU OU", "ou"),
    ("OR cobalt", "cobalt"),
    ("cobalt OR", "cobalt"),
    ("cobalt OR OR nickel", "cobalt|nickel"),
    ("cobalt OR -nickel tin", "cobalt tin !nickel"),
    ("-nickel OR tin", "tin !nickel"),
    ("cobalt OR !!! nickel", "cobalt|nickel"),
    ("- cobalt", "cobalt"),
    ('cobalt "', "cobalt"),
    ('"cobalt nickel', "cobalt nickel"),
    ('-"cobalt', "!cobalt"),
    ('"cobalt" nickel"', '"cobalt" nickel'),
    ('"" cobalt', "cobalt"),
    ("cobalt *", "cobalt"),
    ("**cobalt**", "cobalt*"),
    ("cobalt\x00nickel", "cobalt+nickel"),
]


@pytest.mark.parametrize(("text", "meaning"), MEANINGS)
def test_meaning(text, meaning):
    assert shape(parse(text)) == meaning


@pytest.mark.parametrize("text", ["", "   ", "\t\n", "\u00a0"])
def test_blank_text_means_no_search(text):
    query = parse(text)
    assert (query.is_blank, query.is_empty) == (True, False)


@pytest.mark.parametrize("text", ["!?", "🎉", '""', "-", "*", '- * "', "\x00", "\ud800", "&&&"])
def test_a_query_without_a_word_is_empty(text):
    query = parse(text)
    assert (query.is_blank, query.is_empty) == (False, True)
    assert not query.required
    assert not query.excluded


def test_a_word_is_looked_for_by_its_stems_and_a_small_word_as_it_is():
    assert QueryTerm(("batteries",)).sequences == (("en:batteri",), ("fr:batter",))
    assert QueryTerm(("the",)).sequences == (("~the",),)


def test_or_as_a_word_is_french():
    assert QueryTerm(("or",)).sequences == (("fr:or",),)


def test_a_phrase_is_looked_for_as_either_language_writes_it():
    assert QueryTerm(("copper", "or", "gold"), "phrase").sequences == (
        ("=copper", "~or", "=gold"),
        ("=copper", "=or", "=gold"),
    )


def test_wanted_terms_are_each_named_once_and_never_the_excluded_ones():
    query = parse("cobalt OR nickel cobalt -tin")
    assert [term.words for term in query.wanted] == [("cobalt",), ("nickel",)]


def test_queries_are_values():
    assert parse("cobalt -tin") == parse("cobalt -tin")
    assert len({parse("cobalt"), parse("cobalt")}) == 1


OPERATORS = st.lists(st.sampled_from([*"\"-*&.,' «»", "OR", "OU", " OR ", "or", "the", "é", "R&D", "7.5", "cobalt"]))


@given(st.text() | OPERATORS.map("".join))
def test_no_text_fails(text):
    query = parse(text)
    assert query.is_blank + query.is_empty + bool(query.required or query.excluded) == 1
    assert all(operand for group in query.required for operand in group)


LONG = ["a", "a ", "ab* ", "ab*", '"', "-", '-"', "1.", "a-", "\u0301", "OR ", "é🎉", "\x00", "a OR b "]


@pytest.mark.parametrize("part", LONG)
def test_ten_thousand_characters_are_read_at_once(part):
    started = time.monotonic()
    parse((part * 10_000)[:10_000])
    assert time.monotonic() - started < 2
