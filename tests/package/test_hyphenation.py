"""Latin, ancient Greek and Sanskrit in Latin letters are hyphenated by the rules of their grammars."""

import pyphen
import pytest

from teipress.package.hyphenation import add_languages


@pytest.fixture(scope="module")
def parted():
    add_languages()
    add_languages()
    return pyphen.Pyphen(lang=pyphen.language_fallback("la-x-medieval"), left=2, right=2).inserted


@pytest.mark.parametrize(
    "word",
    "lu-cer-na mag-nus sanc-tus pa-tria se-pul-chrum quo-que con-stan-tia in-scri-bit trans-eo trans-tu-lit "
    "cir-cum-eo sol-li-ci-tu-do cae-lum phi-lo-so-phia scrip-se-runt Con-stan-ti-no-po-lis lin-gua".split(),
)
def test_words_are_parted_by_syllables(parted, word):
    assert parted(word.replace("-", "")) == word


def test_vowels_are_never_parted(parted):
    for word in ("nouus", "maior", "deus", "aeneas", "ianuārius"):
        before_and_after = zip(parted(word).split("-"), parted(word).split("-")[1:], strict=False)
        assert not any(a[-1] in "aeiouā" and b[0] in "aeiouā" for a, b in before_and_after)


@pytest.mark.parametrize(
    "word", "ἄν-θρω-πος πράγ-μα-τα ἐ-φθέγ-γε-το κι-βω-τοὺς θυ-ρω-ρὸς προσ-έ-χω ὑ-περ-ά-γαν ἄλ-λος".split()
)
def test_greek_with_all_its_marks(word):
    add_languages()
    parted = pyphen.Pyphen(lang=pyphen.language_fallback("grc"), left=1, right=2).inserted
    assert parted(word.replace("-", "")) == word


@pytest.mark.parametrize(
    "word", "pra-mā-ṇa-vā-rtti-kam duḥ-kha-sya saṃ-skā-ra vai-śe-ṣi-ka dha-rma-kī-rtiḥ kau-ṇḍi-nya".split()
)
def test_sanskrit_in_latin_letters_ends_its_syllables_with_vowels(word):
    add_languages()
    parted = pyphen.Pyphen(lang=pyphen.language_fallback("sa-Latn"), left=2, right=2).inserted
    assert parted(word.replace("-", "")) == word


def test_sanskrit_in_its_own_script_is_hyphenated_as_before():
    add_languages()
    assert pyphen.language_fallback("sa") == pyphen.language_fallback("sa-Deva") == "sa"
