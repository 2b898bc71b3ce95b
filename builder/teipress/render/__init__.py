"""Nouns → text files: HTML for the site, XHTML and package files for the EPUB, one HTML file for the PDF.

`templates` finds and runs the Jinja templates, `walker` turns an element into markup by the vocabulary, `split`
divides long documents, `registers` prepares the indexes; `site`, `epub` and `print` put an edition together.
"""
