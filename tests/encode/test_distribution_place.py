"""Where a distribution list stands in the document: behind the text, which keeps what stands below it."""

PROSE = "Three boats were seen off the cape that morning, and none of them came back before the evening tide."


def test_a_stamp_below_the_last_paragraph_stays_with_the_text(encoded):
    made = encoded(f"# Boats\n\n{PROSE}\n\n25X1\n\nDistribution:\n\n1 - Harbour Office\n\n2 - Pilots\n")
    assert made.find("//tei:body//tei:stamp") == ["25X1"]
    assert made.find("//tei:back/*/@type") == ["distribution"]
