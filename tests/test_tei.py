"""The walker over mixed content: nothing between two tags gets lost, doubled or moved."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator

import pytest
from lxml import etree

from teipress import tei
from teipress.tei import Element

NS = 'xmlns="http://www.tei-c.org/ns/1.0"'
DOCTYPE = '<!DOCTYPE p [<!ENTITY mu "expanded">]>'


def parse(xml: str) -> Element:
    return etree.fromstring(xml.replace("<p>", f"<p {NS}>", 1), etree.XMLParser(resolve_entities=False))


def names(element: Element) -> list[str]:
    return [part if isinstance(part, str) else f"<{tei.local(part)}>" for part in tei.content(element)]


def test_content_is_strings_and_elements_in_reading_order() -> None:
    assert names(parse("<p>a<hi>b</hi>c<lb/>d</p>")) == ["a", "<hi>", "c", "<lb>", "d"]


def test_the_text_after_comments_and_processing_instructions_is_kept_and_they_are_not() -> None:
    assert names(parse("<p>a<!--secret-->b<?page break?>c</p>")) == ["a", "b", "c"]


def test_an_entity_reference_is_the_text_that_stands_in_the_file() -> None:
    assert tei.text(parse(f"{DOCTYPE}<p>a &mu; b</p>")) == "a &mu; b"


def test_text_goes_through_all_levels_in_order() -> None:
    assert tei.text(parse("<p>1<hi>2<seg>3</seg>4<!--x-->5</hi>6</p>")) == "123456"


def test_text_leaves_out_what_is_skipped_and_keeps_what_follows_it() -> None:
    tree = parse("<p>1<note>2<p>3</p></note>4<hi><note>5</note>6</hi></p>")
    assert tei.text(tree, skip=("note",)) == "146"


def test_a_line_of_text_has_its_white_space_folded_but_keeps_fixed_spaces() -> None:
    assert tei.line_of_text(parse("<p>\n  a\t <hi> b</hi>\u00a0\u3000c </p>")) == "a b\u00a0\u3000c"
    assert tei.line_of_text(None) == ""


@pytest.mark.parametrize(("xml", "expected"), [("<p> <lb/>\n</p>", False), ("<p><hi> <seg>x</seg></hi></p>", True)])
def test_has_text_sees_any_character_that_is_no_space(xml: str, expected: bool) -> None:
    assert tei.has_text(parse(xml)) is expected


# What moves elements about


@pytest.mark.parametrize(
    ("xml", "left"),
    [
        ("<p>a<hi>x</hi>b</p>", ["ab"]),
        ("<p>a<lb/><hi>x</hi>b</p>", ["a", "<lb>", "b"]),
        ("<p><hi>x</hi>b</p>", ["b"]),
        ("<p>a<!--c--><hi>x</hi>b</p>", ["a", "b"]),
        ("<p>a<hi>x</hi><lb/>b</p>", ["a", "<lb>", "b"]),
    ],
)
def test_remove_leaves_the_text_after_an_element_where_it_was(xml: str, left: list[str]) -> None:
    tree = parse(xml)
    tei.remove(next(tei.elements(tree, "hi")))
    assert names(tree) == left


def test_remove_takes_a_comment_and_leaves_the_text_around_it() -> None:
    tree = parse("<p>a<!--secret-->b</p>")
    tei.remove(tree[0])
    assert etree.tostring(tree, encoding="unicode") == f"<p {NS}>ab</p>"


def test_removing_a_root_does_nothing() -> None:
    tree = parse("<p>a</p>")
    tei.remove(tree)
    assert tei.text(tree) == "a"


def test_replace_puts_the_new_element_before_the_text_that_followed_the_old_one() -> None:
    tree = parse("<p>a<hi>x</hi>b</p>")
    new = etree.Element(tei.tei("gap"))
    old = tree[0]
    tei.replace(old, new)
    assert names(tree) == ["a", "<gap>", "b"]
    assert tei.text(old) == "x"


def test_an_element_that_replaces_another_leaves_the_text_after_its_old_place_there() -> None:
    tree = parse("<p>a<hi>x</hi>b<seg>y</seg>c</p>")
    tei.replace(tree[0], tree[1])
    assert names(tree) == ["a", "<seg>", "bc"]


def test_replacing_a_root_is_refused() -> None:
    with pytest.raises(ValueError, match="root"):
        tei.replace(parse("<p/>"), parse("<p/>"))


def test_text_in_the_place_of_an_element_joins_the_text_around_it() -> None:
    first, second = parse("<p>a<hi>x</hi>b</p>"), parse("<p><lb/><hi>x</hi></p>")
    tei.replace_with_text(first[0], "-")
    tei.replace_with_text(second[1], "-")
    assert names(first) == ["a-b"]
    assert names(second) == ["<lb>", "-"]


def test_prepend_puts_an_element_before_the_text_of_its_new_parent() -> None:
    tree = parse("<p>a<hi>x</hi>b<seg>c</seg>d</p>")
    tei.prepend(tree, tree[1])
    assert names(tree) == ["<seg>", "a", "<hi>", "bd"]


def test_append_puts_an_element_behind_the_text_of_its_new_parent() -> None:
    tree = parse("<p><seg>c</seg>d<hi>x</hi>b</p>")
    tei.append(tree, tree[0])
    assert names(tree) == ["d", "<hi>", "b", "<seg>"]


def test_after_puts_an_element_before_the_text_that_follows_its_sibling() -> None:
    tree = parse("<p>a<hi>x</hi>b<seg>c</seg>d</p>")
    tei.after(tree[0], tree[1])
    assert names(tree) == ["a", "<hi>", "<seg>", "bd"]


def test_directly_before_needs_an_element_with_only_space_between() -> None:
    tree = parse("<p><a/> <b/>x<c/><!--n--><d/></p>")
    a, b, c = tree[0], tree[1], tree[2]
    assert tei.directly_before(a) is b
    assert tei.directly_before(b) is None
    assert tei.directly_before(c) is None


def random_tree(chance: random.Random, marks: list[str], depth: int = 0) -> Element:
    """A small tree of mixed content in which every stretch of text is different, so that any change shows."""
    kinds: list[Callable[[], Element]] = [
        lambda: etree.Comment("secret"),
        lambda: etree.ProcessingInstruction("page", "secret"),
    ]
    element = etree.Element(tei.tei(chance.choice(("p", "hi", "seg"))))
    element.text = mark(chance, marks)
    for _ in range(chance.randint(0, 3) if depth < 4 else 0):
        child = chance.choice(kinds)() if chance.random() < 0.25 else random_tree(chance, marks, depth + 1)
        child.tail = mark(chance, marks)
        element.append(child)
    return element


def mark(chance: random.Random, marks: list[str]) -> str | None:
    if chance.random() < 0.3:
        return None
    marks.append(f"[{len(marks)}]")
    return marks[-1]


def inner(root: Element) -> list[Element]:
    return [e for e in tei.elements(root) if e is not root]


def plants() -> Iterator[tuple[int, random.Random, Element, Element]]:
    """Random trees, each with its seed, the dice it was made with and one of its elements that is not the root."""
    for seed in range(300):
        chance = random.Random(seed)
        tree = random_tree(chance, [])
        if inner(tree):
            yield seed, chance, tree, chance.choice(inner(tree))


def test_removing_any_element_takes_its_own_characters_and_no_other() -> None:
    for seed, _, tree, chosen in plants():
        before, own = tei.text(tree), tei.text(chosen)
        tei.remove(chosen)
        assert tei.text(tree) == before.replace(own, "", 1), f"seed {seed}"
        assert tei.text(chosen) == own, f"seed {seed}"


def test_replacing_any_element_by_its_characters_changes_no_character() -> None:
    for seed, _, tree, chosen in plants():
        before = tei.text(tree)
        tei.replace_with_text(chosen, tei.text(chosen))
        assert tei.text(tree) == before, f"seed {seed}"


MOVES = pytest.mark.parametrize("move", [tei.prepend, tei.append, tei.after], ids=["prepend", "append", "after"])


@MOVES
def test_inserting_an_empty_element_anywhere_changes_no_character(move: Callable[[Element, Element], None]) -> None:
    for seed, _, tree, chosen in plants():
        before = tei.text(tree)
        move(chosen, etree.Element(tei.tei("anchor")))
        assert tei.text(tree) == before, f"seed {seed}"


@MOVES
def test_moving_an_element_moves_its_characters_and_keeps_the_rest_in_order(
    move: Callable[[Element, Element], None],
) -> None:
    for seed, chance, tree, chosen in plants():
        places = [e for e in inner(tree) if e is not chosen and chosen not in e.iterancestors()]
        target = chance.choice(places or [etree.SubElement(tree, tei.tei("seg"))])
        before, own = tei.text(tree), tei.text(chosen)
        move(target, chosen)
        assert own in tei.text(tree), f"seed {seed}"
        assert tei.text(tree).replace(own, "", 1) == before.replace(own, "", 1), f"seed {seed}"


# Facts about an element


def test_the_language_in_force_is_that_of_the_closest_ancestor() -> None:
    tree = parse('<p><seg xml:lang="ja"><hi/><foreign xml:lang=""/></seg><lb/></p>')
    tree.set(tei.XML_LANG, "en")
    assert [tei.language(e) for e in tei.elements(tree, "hi", "lb")] == ["ja", "en"]
    assert tei.language(parse("<p/>")) == ""


def test_the_file_of_an_element_is_the_closest_that_reading_has_noted() -> None:
    tree = parse("<p><seg><hi/></seg><lb/></p>")
    inner, outer = tei.elements(tree, "hi", "lb")
    assert tei.file_of(inner) == ""
    tei.set_file(tree, "an edition/100%.xml")
    tei.set_file(tree[0], "本.xml")
    assert [tei.file_of(e) for e in (inner, outer)] == ["本.xml", "an edition/100%.xml"]


def test_a_base_that_an_author_wrote_is_no_file() -> None:
    tree = parse('<p><seg xml:base="part.xml"><hi/></seg></p>')
    tei.set_file(tree, "whole.xml")
    assert {tei.file_of(e) for e in tei.elements(tree)} == {"whole.xml"}


def test_children_and_ancestors_are_found_by_tei_name_only() -> None:
    tree = parse('<p><x:seg xmlns:x="urn:x"><hi/></x:seg><seg n="1"><hi/></seg><seg n="2"/></p>')
    found = tei.child(tree, "seg")
    assert found is not None
    assert found.get("n") == "1"
    assert tei.child(tree, "seg", "lb", "hi") is None
    hidden, shown = tei.elements(tree, "hi")
    assert tei.ancestor(hidden, "seg") is None
    assert tei.ancestor(shown, "seg", "p") is found


def test_pointers_are_separated_by_any_white_space() -> None:
    assert tei.pointers(" #a\n\t#b ") == ["#a", "#b"]
    assert tei.pointers(None) == []
