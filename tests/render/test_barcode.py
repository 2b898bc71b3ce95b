"""Bar codes, read again by somebody who looks at bars and knows the tables of the standard by their widths."""

import re
from itertools import groupby

import pytest

from teipress.render.barcode import MODULE, WIDTH, barcode, modules

# widths of the four stripes of each digit, as the standard prints them (GS1 General Specifications, figure of the sets)
WIDTHS = ["3211", "2221", "2122", "1411", "1132", "1231", "1114", "1312", "1213", "3112"]
# which set the digits of the left half are of, by the first digit: the sets of the standard are called A and B
PARITY = "AAAAAA AABABB AABBAB AABBBA ABAABB ABBAAB ABBBAA ABABAB ABABBA ABBABA".split()


def stripes(code):
    return "".join(str(len(list(group))) for _, group in groupby(code))


def read(code):
    """The number that 95 modules stand for."""
    assert len(code) == 95
    assert (code[:3], code[45:50], code[-3:]) == ("101", "01010", "101")
    left = [code[3 + 7 * n : 10 + 7 * n] for n in range(6)]
    right = [code[50 + 7 * n : 57 + 7 * n] for n in range(6)]
    sets = "".join("A" if part.count("1") % 2 else "B" for part in left)
    digits = [WIDTHS.index(stripes(p) if s == "A" else stripes(p)[::-1]) for p, s in zip(left, sets, strict=True)]
    assert all(part[0] == "1" for part in right)
    digits += [WIDTHS.index(stripes(part)) for part in right]
    return f"{PARITY.index(sets)}" + "".join(map(str, digits))


def test_a_known_number_has_its_known_bars():
    left = "0001101 0100111 0111101 0001011 0010111 0011101"  # 003994, of the sets A B A A B B
    right = "1100110 1001110 1001110 1011100 1001000 1010000"  # 155486
    assert modules("4003994155486") == f"101{left}01010{right}101".replace(" ", "")


@pytest.mark.parametrize("first", range(10))
def test_every_number_is_read_again(first):
    for rest in ("012345678905", "987654321098", "111111111111", "783161484100"):
        assert read(modules(f"{first}{rest}")) == f"{first}{rest}"


def test_the_drawing_has_those_bars_and_quiet_zones():
    drawn = [(int(x), int(w)) for x, w in re.findall(r'<rect x="(\d+)" y="0" width="(\d+)"', barcode("9783161484100"))]
    code = ["0"] * 113
    for place, width in drawn:
        code[place : place + width] = "1" * width
    assert read("".join(code)[11:106]) == "9783161484100"
    assert "1" not in code[:11] + code[106:]
    assert round(WIDTH, 2) == round(113 * MODULE, 2) == 37.29  # millimetres at the nominal size
