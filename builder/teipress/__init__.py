"""teipress: TEI P5 sources in, a reading site, an EPUB 3 and a PDF out.

Where to start reading: :mod:`teipress.edition` (the nouns), :mod:`teipress.pipeline` (the order of the
stages) and any one stage, for example :mod:`teipress.read`.
"""

__version__ = "0.1.0"
