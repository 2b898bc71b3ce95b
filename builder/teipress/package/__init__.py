"""Text files and assets → artifacts on disk: copies, a zip with fixed order and dates, a PDF by WeasyPrint.

No templates here. Everything is written into a staging folder beside the output and renamed in when whole.

**WeasyPrint is known from within**, which is why its version is pinned (70). Whoever raises the pin looks at these
first. Each replaces something of the engine while one `with` is open, puts it back whatever happens, and may stand in
another.

The layout of a book, of its cover and of the strips of facing pages is one function, `pdf.lay_out`, the writing of each
`pdf.write_pdf`; so all of them have all of it. A book is divided, its parts are made by `workers`, kept on a `shelf`
and joined: `typesetter` is where that begins.

While a layout is made:

- `bands`: `document.LayoutContext` and `layout.page.block_level_layout`: notes in bands that go on over pages, numbers
  of lines (`foot` and `lines` help it, and read boxes);
- `hanging`: `layout.inline.justify_line` and `.split_first_line`: punctuation hangs out of the lines;
- `tags.spaces`: `layout.inline.split_text_box` and `.remove_last_whitespace`: spaces at the ends of lines are kept in
  mind for those who have the PDF read aloud.

While a PDF is written:

- `tags.tags`: `pdf.Stream` and `pdf.add_tags`: the tags follow the text, not the page;
- `parted`, for a part of a book: `pdf.build_fonts_dictionary`, `pdf.resolve_links`, `Font.get_unused_glyph_id`: fonts
  and links are those of the whole book, which `join` makes by the first of these; `typeset` wraps `paint` of each page.

Once and for all `hyphenation` adds languages to pyphen's. `pdf` keeps a faulty font from fontconfig, takes the
engine's messages from the loggers `weasyprint` and, in `typeset`, `weasyprint.progress`. What is laid out is read, and
sometimes moved, as boxes (`page._page_box`) by `lines`, `margins`, `facing`, `pictures`, `folios` and `tags`.
"""
