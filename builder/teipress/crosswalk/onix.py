"""A description → a message of ONIX for Books 3.0 in reference names (EDItEUR): one product for each ISBN.

A product without an ISBN is none, so a header without one makes no message; nor does one without the day that the
message is dated by.
"""

from __future__ import annotations

from collections.abc import Iterator

from teipress.crosswalk.codes import day, language_codes
from teipress.crosswalk.facts import last_day, number, numbers, people, scheme
from teipress.crosswalk.markup import Markup, written
from teipress.edition import Agent, Description
from teipress.isbn import ean, is_valid
from teipress.licences import creative_commons
from teipress.tei import Element

ONIX = "http://ns.editeur.org/onix/3.0/reference"
# list 150, and where it says more, list 175: the form of a product, by what its ISBN says it is of
_FORMS = {
    "epub": "EA E101",
    "pdf": "EA E107",
    "html": "EC E105",
    "online": "EC",
    "ebook": "EA",
    "print": "BA",
    "hardcover": "BB",
    "hardback": "BB",
    "paperback": "BC",
    "softcover": "BC",
}
_UNDEFINED = "00"
# list 17, by the codes of MARC; the encoding of a text has none, nor have those who only paid for it
_ROLES = {
    "aut": "A01",
    "edt": "B01",
    "trl": "B06",
    "trc": "B33",
    "ann": "A20",
    "aui": "A24",
    "wpr": "A15",
    "ill": "A12",
    "pht": "A13",
    "egr": "A07",
    "com": "C01",
    "ctb": "A32",
    "prg": "A30",
}
_NAMES = {"ISNI": "16", "ORCID": "21", "GND": "25", "VIAF": "31", "ROR": "40", "LCNAF": "18"}  # list 44
_SUBJECTS = {"ddc": "01", "lcc": "03", "lcsh": "04", "thema": "93"}  # list 27; 20 is a keyword
_KEYWORD = "20"
_DATES = {4: "05", 7: "01", 10: "00"}  # list 55, by the length of a date: YYYY, YYYYMM, YYYYMMDD

onix = Markup(ONIX)


def onix_message(description: Description) -> bytes:
    """The message; nothing without a title, a publisher, an ISBN and a whole day."""
    d = description
    sent = last_day(d)
    found = {ean(value): of for of, value in reversed(list(numbers(d, "ISBN"))) if is_valid(value)}
    if not (d.title and d.publisher and found and sent):
        return b""
    sender = onix.branch("Sender", [onix.leaf("SenderName", d.publisher)])
    header = onix.branch("Header", [sender, onix.leaf("SentDateTime", sent.replace("-", ""))])
    products = [_product(d, of, isbn) for isbn, of in reversed(found.items())]
    return written(onix.branch("ONIXMessage", [header, *products], {"release": "3.0"}))


def _product(d: Description, of: str, isbn: str) -> Element | None:
    return onix.branch(
        "Product",
        [
            onix.leaf("RecordReference", f"{d.identifier}:{isbn}"),
            onix.leaf("NotificationType", "03"),
            *_identified(d, isbn),
            onix.branch("DescriptiveDetail", _described(d, of)),
            onix.branch("CollateralDetail", _told(d)),
            onix.branch("PublishingDetail", _published(d)),
        ],
    )


def _identified(d: Description, isbn: str) -> Iterator[Element | None]:
    for kind, value in (("15", isbn), ("06", number(d, "DOI"))):
        coded = [onix.leaf("ProductIDType", kind), onix.leaf("IDValue", value)]
        yield onix.branch("ProductIdentifier", coded if value else [])


def _described(d: Description, of: str) -> Iterator[Element | None]:
    form, _, detail = _FORMS.get(of, _UNDEFINED).partition(" ")
    yield onix.leaf("ProductComposition", "00")
    yield onix.leaf("ProductForm", form)
    yield onix.leaf("ProductFormDetail", detail)
    licence = creative_commons(d.licence_url)
    if licence and form.startswith("E"):
        yield _licence(licence.name, licence.url)
    yield _collection(d)
    yield _title("01", d.title, d.subtitle)
    known = [(agent, _roles(roles)) for agent, roles in people(d).items()]
    for place, (agent, roles) in enumerate(((a, r) for a, r in known if r), 1):
        yield _contributor(place, agent, roles)
    yield onix.leaf("EditionStatement", d.edition)
    for code in language_codes(d.languages):
        yield onix.branch("Language", [onix.leaf("LanguageRole", "01"), onix.leaf("LanguageCode", code)])
    yield from _subjects(d)


def _licence(name: str, url: str) -> Element | None:
    kind = onix.leaf("EpubLicenseExpressionType", "01")
    expression = onix.branch("EpubLicenseExpression", [kind, onix.leaf("EpubLicenseExpressionLink", url)])
    return onix.branch("EpubLicense", [onix.leaf("EpubLicenseName", name), expression])


def _collection(d: Description) -> Element | None:
    if not d.series:
        return None
    issn = number(d, "ISSN")
    coded = [onix.leaf("CollectionIDType", "02"), onix.leaf("IDValue", issn.replace("-", ""))] if issn else []
    title = onix.branch(
        "TitleElement",
        [
            onix.leaf("TitleElementLevel", "02"),
            onix.leaf("PartNumber", d.volume),
            onix.leaf("TitleText", d.series),
        ],
    )
    return onix.branch(
        "Collection",
        [
            onix.leaf("CollectionType", "10"),
            onix.branch("CollectionIdentifier", coded),
            onix.branch("TitleDetail", [onix.leaf("TitleType", "01"), title]),
        ],
    )


def _title(level: str, title: str, subtitle: str) -> Element | None:
    parts = [onix.leaf("TitleElementLevel", level), onix.leaf("TitleText", title), onix.leaf("Subtitle", subtitle)]
    return onix.branch("TitleDetail", [onix.leaf("TitleType", "01"), onix.branch("TitleElement", parts)])


def _roles(roles: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_ROLES[role] for role in roles if role in _ROLES))


def _contributor(place: int, agent: Agent, roles: tuple[str, ...]) -> Element | None:
    if agent.body:
        written_name = [onix.leaf("CorporateName", agent.whole)]
    elif agent.family:
        written_name = [
            onix.leaf("PersonNameInverted", agent.filed),
            onix.leaf("NamesBeforeKey", agent.given),
            onix.leaf("KeyNames", agent.family),
        ]
    else:
        written_name = [onix.leaf("PersonName", agent.whole)]
    return onix.branch(
        "Contributor",
        [
            onix.leaf("SequenceNumber", str(place)),
            *(onix.leaf("ContributorRole", role) for role in roles),
            *(
                onix.branch("NameIdentifier", [onix.leaf("NameIDType", _NAMES[k]), onix.leaf("IDValue", v)])
                for k, v in agent.identifiers
                if k in _NAMES
            ),
            *written_name,
        ],
    )


def _subjects(d: Description) -> Iterator[Element | None]:
    """Subjects of schemes that ONIX knows by a code; all other words together, as keywords are sent."""
    words = [s.text for s in d.subjects if not s.code and scheme(s.scheme) not in _SUBJECTS]
    for subject in d.subjects:
        if known := _SUBJECTS.get(scheme(subject.scheme)):
            told = "SubjectHeadingText" if known == _SUBJECTS["lcsh"] else "SubjectCode"
            yield onix.branch("Subject", [onix.leaf("SubjectSchemeIdentifier", known), onix.leaf(told, subject.text)])
    coded = [onix.leaf("SubjectSchemeIdentifier", _KEYWORD), onix.leaf("SubjectHeadingText", "; ".join(words))]
    yield onix.branch("Subject", coded if words else [])


def _told(d: Description) -> Iterator[Element | None]:
    if d.abstract:
        kinds = [onix.leaf("TextType", "30"), onix.leaf("ContentAudience", "00")]
        yield onix.branch("TextContent", [*kinds, onix.leaf("Text", d.abstract)])


def _published(d: Description) -> Iterator[Element | None]:
    publisher = [onix.leaf("PublishingRole", "01"), onix.leaf("PublisherName", d.publisher)]
    if d.url:
        site = [onix.leaf("WebsiteRole", "02"), onix.leaf("WebsiteLink", d.url)]
        publisher.append(onix.branch("Website", site))
    yield onix.branch("Publisher", publisher)
    yield onix.leaf("CityOfPublication", d.place)
    if stated := day(d.date):
        dated = onix.leaf("Date", stated.replace("-", ""), {"dateformat": _DATES[len(stated)]})
        yield onix.branch("PublishingDate", [onix.leaf("PublishingDateRole", "01"), dated])
