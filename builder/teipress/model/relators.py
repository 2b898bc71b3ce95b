"""Words for what somebody did → a relator code of MARC ("Encoding", "Übersetzung" → "mrk", "trl")."""

from __future__ import annotations

import re

OTHER = "ctb"  # contributor: what is said of those whose part no code names
_VOCABULARY = re.compile(
    r"id\.loc\.gov/vocabulary/relators/([a-z]{3})\b|^(?:marc:|marcrelator:|relators?:)?([a-z]{3})$"
)
# a statement is that of an editor only if it says no more than that; "editor of the metadata" is none
_EDITED = re.compile(
    r"(general |principal |chief |managing |scholarly |volume )?(edited|editors?|editing|editor[- ]in[- ]chief)( by)?|"
    r"hrsg\.?|herausgegeben( von)?|herausgeber(in|innen)?|edition|éd(ité|iteurs?|itrices?|\.)( par)?|"
    r"a cura di|curatore|edidit|ediderunt|edendum curavit|編者?|編集|校訂",
    re.IGNORECASE,
)
_WORDS = tuple(
    (code, re.compile(words, re.IGNORECASE))
    for code, words in (
        ("trl", r"translat|übersetz|tradu[cit]|übertrag|翻訳|訳"),
        ("trc", r"transcri|transkri|trascri|transliter|翻刻"),
        ("mrk", r"encod|mark-?\s?up|\bTEI\b|\bXML\b|tagg(ed|ing)|kodier|auszeichn|encoda|balisa|codifica|kodir"),
        ("pfr", r"proof|correct(ed|ion)|korrektur|lektorat|relecture|校正"),
        ("ann", r"annotat|commentary|kommentier|notes? by"),
        ("wpr", r"preface"),
        ("aui", r"introduc|einleitung|foreword|vorwort"),
        ("egr", r"engrav"),
        ("ill", r"illustrat|drawings? by"),
        ("pht", r"photograph|fotograf"),
        ("com", r"compil"),
        ("fnd", r"fund(ed|er|ing)|finanzier"),
        ("pdr", r"project (direct|lead|head|manage)|direct(or|ed) of the project|projektleit"),
        ("dtm", r"data manage|data curat|metadata|kuration"),
        ("prg", r"\bprogramm|\bsoftware|\bscript(s|ing)?\b"),
    )
)


def relators(stated: str, otherwise: str = OTHER) -> tuple[str, ...]:
    """The codes for a statement of responsibility (resp, or a role), each once; `otherwise` alone where none is known.

    A code or an address of the MARC relators is taken as it stands (id.loc.gov/vocabulary/relators).
    """
    if found := _VOCABULARY.search(stated.strip()):
        return (found[1] or found[2],)
    if _EDITED.fullmatch(stated.strip(" .:;,")):
        return ("edt",)
    return tuple(code for code, words in _WORDS if words.search(stated)) or (otherwise,)
