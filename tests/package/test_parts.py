import pytest

from teipress.package.parts import blank, divide, is_divisible, renumbered

HEAD = '<!DOCTYPE html>\n<html lang="en">\n<head><title>T</title></head>\n<body>\n<p class="running">5</p>\n'
TAIL = "</body>\n</html>\n"


def test_a_book_without_marks_is_one_part():
    html = f"{HEAD}<section><p>a</p></section>\n{TAIL}"
    assert divide(html) == (html,)


def test_sections_side_by_side():
    html = f'{HEAD}<section data-part="" id="a">a</section>\n<section data-part="">b</section>\n{TAIL}'
    assert divide(html) == (
        f'{HEAD}<section data-part="" id="a">a</section>\n{TAIL}',
        f'{HEAD}<section data-part="">b</section>\n{TAIL}',
    )


def test_what_is_around_a_chapter_is_opened_again_without_its_identifiers():
    html = (
        f'{HEAD}<section data-part="" id="s" lang="la"><header>h</header><div class="body" id="t">'
        '<div data-part="" id="one"><div>1</div></div><div data-part="" id="two">2</div><p>last</p>'
        f"</div></section>{TAIL}"
    )
    first = f'{HEAD}<section data-part="" id="s" lang="la">'
    start = '<section data-part="" lang="la">'
    assert divide(html) == (
        f'{first}<header>h</header><div class="body" id="t"></div></section>{TAIL}',
        f'{HEAD}{start}<div class="body"><div data-part="" id="one"><div>1</div></div></div></section>{TAIL}',
        f'{HEAD}{start}<div class="body"><div data-part="" id="two">2</div><p>last</p></div></section>{TAIL}',
    )


def test_where_numbers_of_lines_go_on_a_text_is_not_divided():
    html = (
        f'{HEAD}<section data-part=""><div class="body" data-lines="">'
        f'<div data-part="" id="a">1</div><div data-part="" id="b">2</div></div></section>{TAIL}'
    )
    assert len(divide(html)) == 3
    assert [len(divide(html, starts)) for starts in ({"text"}, {"b"}, {"a", "b"})] == [1, 2, 3]


def test_nothing_of_a_book_is_lost():
    words = [f"<p>word{n}</p>" for n in range(50)]
    marks = [f"<section{' data-part' if n % 7 == 3 else ''}>{w}</section>" for n, w in enumerate(words)]
    parts = divide(HEAD + "".join(marks) + TAIL)
    assert len(parts) == 7
    # what stands before the first mark is a prologue, which each part repeats; all else stands in exactly one
    assert all(all(w in part for w in words[:3]) for part in parts)
    assert all(sum(w in part for part in parts) == 1 for w in words[3:])


def test_numbers_of_pages_with_text_beside_them_can_be_drawn_later():
    assert is_divisible("@page { @top-left { content: counter(page) } } p::before { content: counter(item) '.' }")
    assert is_divisible("@page { @top-left { content: 'p. ' counter(page, lower-roman) \" –\" } }")


def test_what_needs_the_whole_book():
    assert not is_divisible("a::after { content: target-counter(attr(href), page) }")
    assert not is_divisible("@page { @top-left { content: counter(page) ' of ' counter(pages) } }")
    assert not is_divisible("@page { @top-left { content: string(section) counter(page) } }")
    assert not is_divisible(".chapter { counter-reset: page 1 }")
    assert not is_divisible("@page { @top-left { content: counter(page, upper-latin) } }")


@pytest.mark.parametrize(
    "styles",
    [
        "h1 span::after { content: counter(page) }",  # an element that runs in the margin, or stands in the text
        "h1 { string-set: place counter(page) }",
        "@page { --folio: string(head) counter(page); @top-left { content: var(--folio) } }",
        "@page { @top-left { content: counters(page, '.') } }",
        "@page { @top-left { content: string(head) counter( page ) } }",
        "@page { @top-left { content: counter(page) url(images/leaf.png) } }",
        "@page { @top-left { content: 'a;b' string(head) counter(page) } }",
        "@page { @top-left { content: Counter(page) ' of ' COUNTER(pages) } }",
        "@page { @top-left { content: counter(page, lower-roman); text-transform: uppercase } }",
        "@page { @top-left { content: counter(page); transform: rotate(90deg) } }",
    ],
)
def test_numbers_of_pages_that_cannot_be_drawn_later(styles):
    assert not is_divisible(styles)
    assert is_divisible(f"/* {styles} */ p::after {{ content: 'counter(page)'; opacity: 0.5 }}")


@pytest.mark.parametrize("html", ["", "hello", "<body>", "<p data-part>a</p><p data-part>b</p>"])
def test_what_a_template_made_that_is_no_book_is_one_part(html):
    assert divide(html) == (html,)
    assert "<body>" in blank(html)


def test_an_empty_page_is_one_of_the_book():
    assert blank(f"{HEAD.replace('<body>', '<body class=a>')}text{TAIL}").count("text") == 0
    assert "<body class=a><p>" in blank(f"{HEAD.replace('<body>', '<body class=a>')}text{TAIL}")


def test_a_book_in_one_numbers_its_texts_from_one_unless_its_styles_do_so_themselves():
    assert ":nth(7) { counter-reset: page 1;" in renumbered("p { color: red }", 6)
    assert renumbered("p { color: red }", 0) == "p { color: red }"
    assert (
        renumbered("@page :nth(1 of a) { counter-reset: page 3 }", 6) == "@page :nth(1 of a) { counter-reset: page 3 }"
    )
