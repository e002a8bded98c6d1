"""One analyser: what counts as a word, and which words are the same."""

import threading
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gpi_portal.search.analysis import FOLDING, exact, fold, located_words, stems, words

FOLDED = [
    ("Whatì", "whati"),
    ("Tłı̨chǫ", "tlicho"),
    ("Délı̨nę", "deline"),
    ("ʔehdzo", "ehdzo"),
    ("Œuvre", "oeuvre"),
    ("ÆGIR", "aegir"),
    ("Straße", "strasse"),
    ("İSTANBUL", "istanbul"),
    ("Łódź", "lodz"),
    ("Þór", "thor"),
    ("CO₂", "co2"),
    ("criti\u00adcal", "critical"),
    ("ﬁnance", "finance"),
    ("ＧＰＩ", "gpi"),
]

SPLIT = [
    ("l'énergie", ["l", "energie"]),
    ("L’Énergie", ["l", "energie"]),
    ("Gwichʼin", ["gwich", "in"]),
    ("Trois-Rivières", ["trois", "rivieres"]),
    ("R&D", ["r", "d"]),
    ("US$6.4 million", ["us", "6", "4", "million"]),
    ("165\u00a0300\u00a0$", ["165", "300"]),
    ("3½", ["3", "1", "2"]),
    ("Peer Ledger™", ["peer", "ledger"]),
    ("a\x00b\u200bc_d", ["a", "b", "c", "d"]),
    ("ᐃᓄᒃᑎᑐᑦ العربية 日本", ["ᐃᓄᒃᑎᑐᑦ", "العربية", "日本"]),
    ("🎉 — …", []),
    ("\ud800", []),
]

PLURALS = {
    "en": """
        grant/grants mineral/minerals country/countries battery/batteries company/companies analysis/analyses
        criterion/criteria index/indices woman/women study/studies process/processes gas/gases policy/policies
        supply/supplies chain/chains agency/agencies person/persons technology/technologies ore/ores survey/surveys
    """,
    "fr": """
        subvention/subventions minéral/minéraux métal/métaux travail/travaux entreprise/entreprises batterie/batteries
        donnée/données société/sociétés niveau/niveaux réseau/réseaux enjeu/enjeux lieu/lieux matériau/matériaux
        noyau/noyaux canal/canaux mondial/mondiaux essai/essais loi/lois crédit/crédits œuvre/œuvres chaîne/chaînes
        procédé/procédés marché/marchés tuyau/tuyaux bénéficiaire/bénéficiaires volet/volets gaz/gaz pays/pays
        minerai/minerais environnemental/environnementaux dangereux/dangereuse minier/minières financée/financee
    """,
}


@pytest.mark.parametrize(("text", "folded"), FOLDED)
def test_case_accents_and_ligatures_do_not_matter(text, folded):
    assert words(text) == words(folded) == [folded]


@pytest.mark.parametrize(("text", "parts"), SPLIT)
def test_words_are_runs_of_letters_and_figures(text, parts):
    assert words(text) == parts


@pytest.mark.parametrize("language", PLURALS)
def test_singular_and_plural_are_the_same_word(language):
    for pair in PLURALS[language].split():
        (singular,), (plural,) = map(words, pair.split("/"))
        assert stems(singular, language) == stems(plural, language) != (), pair


@pytest.mark.parametrize("pair", ["grant/granite", "mine/mineral", "minerai/mineral", "minerai/mine", "or/ore"])
def test_different_words_stay_apart(pair):
    one, other = pair.split("/")
    assert not set(stems(one, None)) & set(stems(other, None))


def test_a_text_has_the_stems_of_its_language_and_a_name_those_of_both():
    assert stems("batteries", "en") == ("en:batteri",)
    assert stems("batteries", "fr") == ("fr:batter",)
    assert stems("batteries", None) == ("en:batteri", "fr:batter")


def test_or_is_a_small_word_in_english_and_gold_in_french():
    assert (exact("or", "en"), stems("or", "en")) == ("~or", ())
    assert (exact("or", "fr"), stems("or", "fr")) == ("=or", ("fr:or",))
    assert (exact("or", None), stems("or", None)) == ("=or", ("fr:or",))


def test_a_very_long_word_is_cut():
    assert words("a" * 5_000) == ["a" * 100]


def test_no_visitor_fills_the_memory_with_letters():
    for code in range(0x4E00, 0x4E00 + 25_000):
        fold(chr(code))
    assert len(FOLDING) <= FOLDING.kept


def test_threads_do_not_disturb_each_other():
    vocabulary = [f"{start}{end}" for start in map(chr, range(97, 123)) for end in ("ationnaux", "ations", "ingly")]
    expected = [stems(word, None) for word in vocabulary]
    stems.cache_clear()
    found = []
    threads = [threading.Thread(target=lambda: found.append([stems(w, None) for w in vocabulary])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [expected] * 8


@given(st.text())
def test_folding_is_stable_and_blind_to_composition(text):
    assert fold(fold(text)) == fold(text)
    assert words(unicodedata.normalize("NFC", text)) == words(unicodedata.normalize("NFD", text))


LATIN = st.characters(max_codepoint=0x24F)


@given(st.text(LATIN))
def test_case_never_matters(text):
    assert words(text.upper()) == words(text.lower()) == words(text)


@given(st.text())
def test_every_word_is_located_where_it_stands(text):
    located = list(located_words(text))
    assert [word for word, _, _ in located] == words(text)
    assert all(word in words(text[start:end]) for word, start, end in located)


@given(st.text())
def test_a_lexeme_holds_nothing_that_an_engine_could_misread(text):
    for word in words(text):
        lexemes = [exact(word, None), *stems(word, None)]
        assert all(lexeme.partition(":")[2].isalnum() or lexeme[1:].isalnum() for lexeme in lexemes)
