"""The catalogues of the interface are whole, and no template says anything that stands in none of them."""

import re

import pytest

from messages import LANGUAGES, LOCALE, PLACEHOLDER, PROJECT, catalogue, key, lacking, literals, phrases, templates

# what reads like words and is none: names of elements and selectors in scripts, tokens, attributes
NO_WORDS = re.compile(
    r"^(use strict|Escape|DOMContentLoaded|[A-Za-z]+:not\(.*|[.#\[][\w .\[\]'=#-]+|tbody tr[\w:.()]*"
    r"|\(prefers-[\w-]+: \w+\)|notes apparatus|witDetail|varSeq|rdgGrp)$"
)
NO_WORDS_OF = {"epub/package.opf", "epub/toc.ncx", "site/oai.xml"}  # for programs, in the words of their standards


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_phrase_is_translated(language):
    missing = [f"{said!r} ({', '.join(places)})" for (_, said), places in lacking(language).items()]
    hint = f"translate them at the end of {LOCALE / language}.po; python tests/messages.py {language} prints them ready"
    assert not missing, "\n".join([hint, *missing])


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_catalogue_keeps_what_nobody_says_any_more(language):
    said = phrases()
    found = catalogue(language)
    assert [m.id for m in found if m.id and key(m.context, m.id) not in said] == []
    assert [m.id for m in found if m.fuzzy and m.id] == []
    assert list(found.obsolete) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_placeholders_are_those_of_the_phrase(language):
    for message in (m for m in catalogue(language) if m.id):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        strings = message.string if isinstance(message.string, tuple) else (message.string,)
        assert len(strings) == (catalogue(language).num_plurals if len(ids) > 1 else 1), message.id
        for text in strings:
            assert sorted(PLACEHOLDER.findall(text)) == sorted(PLACEHOLDER.findall(ids[-1])), text
            assert text % {name[2:-2]: "" for name in PLACEHOLDER.findall(text)} is not None


@pytest.mark.parametrize("path", templates(), ids=lambda p: str(p.relative_to(PROJECT / "templates")))
def test_no_template_has_words_outside_of_a_translation(path):
    if str(path.relative_to(PROJECT / "templates")) in NO_WORDS_OF:
        return
    said = [words for words in literals(path) if not NO_WORDS.match(words)]
    assert said == [], f'write {{{{ _("…") }}}} around these in {path}'
