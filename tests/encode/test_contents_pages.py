"""Page numbers in a table of contents lead to the pages, where the document has them."""

PROSE = "The harbour was dredged twice in that year, and the mud was carried out to the Ermel Shoals in old barges."


def test_an_entry_points_to_its_page(encoded):
    text = (
        f"Contents\n\nHarbours ..... 2\nLights ..... 9\n\n1\n\f# Harbours\n\n{PROSE}\n\n2\n\f# Lights\n\n{PROSE}\n\n3\n"
    )
    made = encoded(text)
    assert made.find("//tei:ref[@type = 'page']") == ["2", "9"]
    assert made.find("//tei:ref[@type = 'page']/@target") == ["#t-p2"]
    assert made.find("//tei:pb/@n") == ["1", "2", "3"]
