"""What two texts measure → spreads: all of it once, in order, nothing higher than its page, both sides in step."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from teipress.spreads import Grain, Plan, Side, Stop, levelled, stops

LINE = 18.0  # CSS pixels
ROOM = 180.0  # ten lines


def side(*rows: int, feet: dict[tuple[int, int], float] | None = None, whole: tuple[int, ...] = ()) -> Side:
    """A side whose rows have so many lines each; those of `whole` cannot be cut."""
    feet, found, top = feet or {}, list[Stop](), 0.0
    for row, lines in enumerate(rows):
        for line in range(lines):
            free = line == 0 or (row not in whole and 2 <= line <= lines - 2)
            found.append(Stop(top, feet.get((row, line), 0.0), row, free, lined=line > 0))
            top += LINE
    return Side(tuple(found), top)


def packed(left: Side, right: Side, apart: float = 0.0) -> Plan:
    return Plan((left, right), ROOM, apart).packed()


def lines(plan: Plan) -> list[tuple[int, int]]:
    """How many lines stand on both pages of each spread."""
    return [(left[1] - left[0], right[1] - right[0]) for left, right in plan.spreads]


def spread_of(plan: Plan, number: int, row: int) -> int:
    """Where a row begins."""
    first = next(n for n, stop in enumerate(plan.sides[number].stops) if stop.row == row)
    return next(n for n, spread in enumerate(plan.spreads) if spread[number][0] <= first < spread[number][1])


def test_what_fits_stands_on_one_spread() -> None:
    assert lines(packed(side(3, 4), side(5, 5))) == [(7, 10)]


def test_the_higher_side_says_when_a_spread_is_full() -> None:
    assert lines(packed(side(3, 3, 3), side(9, 9, 9))) == [(3, 9), (3, 9), (3, 9)]


def test_a_row_that_would_leave_much_of_a_spread_empty_is_cut_on_both_sides() -> None:
    assert lines(packed(side(5, 10), side(5, 10))) == [(10, 10), (5, 5)]


def test_both_sides_of_a_row_are_cut_after_about_the_same_share() -> None:
    assert lines(packed(side(20), side(10))) == [(10, 5), (10, 5)]
    assert lines(packed(side(10), side(20))) == [(5, 10), (5, 10)]


def test_a_short_side_stands_where_its_row_begins_and_waits() -> None:
    assert lines(packed(side(30), side(2))) == [(10, 2), (10, 0), (10, 0)]


def test_paragraphs_leave_no_single_lines() -> None:
    assert lines(packed(side(3, 6), side(3, 6))) == [(9, 9)]
    assert lines(packed(side(7, 4, 3), side(7, 4, 3))) == [(9, 9), (5, 5)]
    assert lines(packed(side(7, 11), side(7, 11))) == [(10, 10), (8, 8)]


def test_what_cannot_be_cut_goes_to_the_next_spread() -> None:
    assert lines(packed(side(5, 8, whole=(1,)), side(5, 8))) == [(5, 5), (8, 8)]


def test_notes_and_what_is_above_them_take_room() -> None:
    noted = side(5, 5, feet={(1, 0): 45.0})
    assert lines(packed(noted, side(5, 5), apart=9)) == [(7, 7), (3, 3)]
    assert lines(packed(side(5, 5), noted, apart=9)) == [(7, 7), (3, 3)]


def test_what_is_higher_than_a_page_stands_alone() -> None:
    assert lines(packed(side(2, 15, 2, whole=(1,)), side(2, 2, 2))) == [(2, 2), (15, 2), (2, 2)]


def test_nothing_is_on_no_spread() -> None:
    assert packed(Side((), 0), Side((), 0)).spreads == ()
    assert lines(packed(side(3), Side((), 0))) == [(3, 0)]


def test_a_page_that_was_too_full_gets_less() -> None:
    plan = packed(side(*[2] * 10), side(*[2] * 10))
    assert lines(plan) == [(10, 10), (10, 10)]
    assert lines(plan.tightened([(0, 1)])) == [(8, 8), (10, 10), (2, 2)]


def test_a_page_that_cannot_have_less_stays() -> None:
    plan = packed(side(2, 15, 2, whole=(1,)), side(2, 2, 2))
    assert plan.tightened([(1, 0)]) is plan


def test_rows_are_levelled() -> None:
    plan = levelled(Plan((side(1, 1, 1), side(1, 3, 1)), ROOM, 0), (0, 1, 2))
    assert plan.pads == ({1: 36.0}, {})
    assert [stop.top for stop in plan.sides[0].stops] == [0, 18, 72]
    assert plan.sides[0].end == plan.sides[1].end == 90


def test_a_paragraph_may_be_cut_where_words_begin_lines() -> None:
    grains = [Grain(0, 0, word=True) for _ in range(10)]
    places = [(5.0 if n == 0 else n % 2 * 30.0, n // 2 * LINE) for n in range(10)]
    found = stops(grains, places, [0.0] * 10)
    assert [n for n, stop in enumerate(found) if stop.free] == [0, 4, 6]
    assert [n for n, stop in enumerate(found) if stop.lined] == [2, 4, 6, 8]


def test_what_was_not_measured_is_no_place_to_cut() -> None:
    found = stops([Grain(0), Grain(1), Grain(2)], [(0, 0), None, (0, 20)], [0, 0, 0])
    assert [(stop.top, stop.free) for stop in found] == [(0, True), (0, False), (20, True)]


def test_nothing_follows_a_heading_on_another_page() -> None:
    found = stops([Grain(0), Grain(1), Grain(2, tied=True)], [(0, 0), (0, 10), (0, 20)], [0, 0, 0])
    assert [stop.free for stop in found] == [True, True, False]


@pytest.mark.parametrize("seed", range(40))
def test_whatever_the_heights_all_stands_once_in_order_and_in_step(seed: int) -> None:
    chance = random.Random(seed)
    rows = [(chance.randint(1, 25), chance.randint(1, 25)) for _ in range(chance.randint(1, 30))]
    feet = [{(row, 0): chance.choice((0.0, 0.0, 20.0)) for row in range(len(rows))} for _ in range(2)]
    plan = packed(side(*(a for a, _ in rows), feet=feet[0]), side(*(b for _, b in rows), feet=feet[1]), apart=4)
    for number in range(2):
        spans = [spread[number] for spread in plan.spreads]
        stops_ = plan.sides[number].stops
        assert spans[0][0] == 0
        assert spans[-1][1] == len(stops_)
        assert all(before[1] == after[0] for before, after in pairwise(spans))
        for first, last in spans:
            notes = sum(stop.foot for stop in stops_[first:last])
            assert (last - first) * LINE + (notes + 4 if notes else 0) <= ROOM
    assert all(left[1] - left[0] or right[1] - right[0] for left, right in plan.spreads)
    for row in range(len(rows)):
        assert spread_of(plan, 0, row) == spread_of(plan, 1, row)
