"""Which words are time expressions, and what they come to."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pipeline.annotate import engine, times
from pipeline.annotate.records import TimeMention

#: A Wednesday.
PUBLISHED = datetime(2013, 3, 20, 9, 30, tzinfo=UTC)


def read(text: str, published: datetime | None = PUBLISHED) -> list[TimeMention]:
    return times.find(engine.parse(text), published)


def values(text: str, published: datetime | None = PUBLISHED) -> dict[str, tuple[str, str | None]]:
    return {mention.text: (mention.type, mention.value) for mention in read(text, published)}


@pytest.mark.parametrize(
    ("text", "surface", "type", "value"),
    [
        # dates told in full
        ("The treaty was signed on 6 June 1944 in London.", "6 June 1944", "DATE", "1944-06-06"),
        ("They arrived on Thursday, April 6, 2000.", "Thursday, April 6, 2000", "DATE", "2000-04-06"),
        ("The deadline was 31.12.1999 for everybody.", "31.12.1999", "DATE", "1999-12-31"),
        ("The record of 2023-01-20T10:35:00Z was lost.", "2023-01-20T10:35:00Z", "TIME", "2023-01-20T10:35Z"),
        ("The fair runs from July 15-18, 2013.", "July 15-18, 2013", "DATE", "2013-07-15"),
        ("It was founded in the spring of 2001.", "the spring of 2001", "DATE", "2001-SP"),
        ("Prices fell in the mid-1990s.", "the mid-1990s", "DATE", "199"),
        ("The chapel is from the late 19th century.", "the late 19th century", "DATE", "18"),
        ("The bridge opened in nineteen ninety-one.", "nineteen ninety-one", "DATE", "1991"),
        # the verb tells the side of bare days and months
        ("The minister resigned on Monday.", "Monday", "DATE", "2013-03-18"),
        ("The minister will resign on Monday.", "Monday", "DATE", "2013-03-25"),
        ("The minister resigned on Wednesday.", "Wednesday", "DATE", "2013-03-20"),
        ("The bank reported losses in April.", "April", "DATE", "2012-04"),
        ("The bank will report losses in April.", "April", "DATE", "2013-04"),
        ("The rule is scheduled to take effect on Friday.", "Friday", "DATE", "2013-03-22"),
        ("The union extended the deadline until Monday.", "Monday", "DATE", "2013-03-25"),
        ("He said the vote on 10 March went well.", "10 March", "DATE", "2013-03-10"),
        # told from the day of publication
        ("She left yesterday morning.", "yesterday morning", "TIME", "2013-03-19TMO"),
        ("They will meet the day after tomorrow.", "the day after tomorrow", "DATE", "2013-03-22"),
        ("Sales fell last week.", "last week", "DATE", "2013-W11"),
        ("He was elected last May.", "last May", "DATE", "2012-05"),
        ("The law was passed in February last year.", "February last year", "DATE", "2012-02"),
        ("Output will double by the end of next year.", "the end of next year", "DATE", "2014"),
        ("The dam broke three months ago.", "three months ago", "DATE", "2012-12"),
        ("The talks resume three weeks from now.", "three weeks from now", "DATE", "2013-W15"),
        ("Few owned one a decade ago.", "a decade ago", "DATE", "2003"),
        # lengths against points
        ("The strike lasted for three months.", "three months", "DURATION", "P3M"),
        ("Profit fell over the past two years.", "the past two years", "DURATION", "P2Y"),
        ("He spoke for a minute and a half.", "a minute and a half", "DURATION", "PT1M30S"),
        ("She spent two and a half years abroad.", "two and a half years", "DURATION", "P2Y6M"),
        ("The flood came in recent weeks.", "recent weeks", "DURATION", "PXW"),
        ("It is the wettest day in two decades.", "two decades", "DURATION", "P20Y"),
        ("The siege went on for years.", "years", "DURATION", "PXY"),
        ("The firm lost money in the year ended March 31.", "the year", "DURATION", "P1Y"),
        # quarters
        ("Profit rose in the third quarter of 1984.", "the third quarter of 1984", "DATE", "1984-Q3"),
        ("The firm posted a fourth-quarter loss.", "fourth-quarter", "DATE", "2012-Q4"),
        ("Growth slowed in the second half of 2012.", "the second half of 2012", "DATE", "2012-H2"),
        ("The deficit of fiscal 2012 was large.", "fiscal 2012", "DATE", "2012"),
        # times of day
        ("The blast occurred at 10:35 a.m. on Friday.", "10:35 a.m.", "TIME", "2013-03-15T10:35"),
        ("The truce ended at noon Sunday.", "noon Sunday", "TIME", "2013-03-17T12:00"),
        ("The offer ran until 5 p.m. EST Nov. 9, 2012.", "5 p.m. EST Nov. 9, 2012", "TIME", "2012-11-09T17:00"),
        ("The quake struck at 05:45 UTC on January 6, 2023.", "05:45 UTC", "TIME", "2023-01-06T05:45Z"),
        ("Polls closed at 22:30 on Sunday.", "22:30", "TIME", "2013-03-17T22:30"),
        ("A bomb exploded at 7:15 this morning.", "7:15 this morning", "TIME", "2013-03-20T07:15"),
        # sets
        ("The court sits every Monday.", "every Monday", "SET", "XXXX-WXX-1"),
        ("The data are published daily.", "daily", "SET", "P1D"),
        ("They meet every two weeks.", "every two weeks", "SET", "P2W"),
        # past, present and future
        ("The firm now owns the mine.", "now", "DATE", "PRESENT_REF"),
        ("The firm recently bought the mine.", "recently", "DATE", "PAST_REF"),
        ("Nobody knows the future.", "the future", "DATE", "FUTURE_REF"),
        # named days
        ("The queen spoke on Christmas Eve.", "Christmas Eve", "DATE", "2012-12-24"),
        ("The law was made after the 9/11 attacks.", "9/11", "DATE", "2001-09-11"),
        ("He was freed last Thanksgiving.", "last Thanksgiving", "DATE", "2012-11-22"),
        ("The truce will begin on Good Friday.", "Good Friday", "DATE", "2013-03-29"),
    ],
)
def test_reads(text: str, surface: str, type: str, value: str) -> None:
    assert values(text).get(surface) == (type, value)


@pytest.mark.parametrize(
    "text",
    [
        "A 44-year-old man was held.",
        "The boy is seven years old.",
        "He died at the age of 12 weeks.",
        "Prime Minister Theresa May met Angela Merkel. Then May left, and it was May who had lost.",
        "Prices may march on and then fall.",
        "The fall in prices hurt farmers.",
        "A quarter of the voters stayed at home.",
        "The hotel has 2000 rooms and charges $1,950.",
        "The second man left.",
        "He paid 3 to 1.",
        "About three-quarters of the voters came.",
        "The score was 12:30.",
    ],
)
def test_leaves_alone(text: str) -> None:
    assert values(text) == {}


def test_unresolved_without_a_publication_date() -> None:
    found = {m.text: m for m in read("He left on Thursday. On January 6 he returned. That was last year.", None)}
    assert found["Thursday"].value == "XXXX-WXX-4"
    assert found["January 6"].value == "XXXX-01-06"
    assert found["last year"].value == "XXXX"
    assert {(m.time_start, m.time_end, m.basis) for m in found.values()} == {(None, None, "none")}


def test_dates_in_full_need_no_publication_date() -> None:
    (mention,) = read("The war began on February 24, 2022.", None)
    assert (mention.time_start, mention.time_end) == ("2022-02-24T00:00:00Z", "2022-02-25T00:00:00Z")
    assert mention.basis == "explicit"


def test_told_from_a_time_named_before() -> None:
    found = {m.text: m for m in read("The war ended in 1945. A year later he was tried. That same year he died.")}
    assert (found["A year later"].value, found["A year later"].basis) == ("1946", "previous")
    assert found["That same year"].value == "1946"


def test_a_month_named_with_its_year_keeps_it() -> None:
    found = [m.value for m in read("He was charged in April 2011. The April hearing was short.")]
    assert found == ["2011-04", "2011-04"]


def test_a_next_day_follows_a_day_and_not_a_year() -> None:
    found = {m.text: m.value for m in read("He was jailed on May 2, 2011. It was a bad 2011. The next day he fled.")}
    assert found["The next day"] == "2011-05-03"


def test_a_year_earlier_is_the_quarter_a_year_before_the_one_reported() -> None:
    found = values("Profit in the fourth quarter was 5 million, up from 4 million a year earlier.")
    assert found["a year earlier"] == ("DATE", "2011-Q4")


def test_interval_of_a_stretch_ends_with_the_publication() -> None:
    (mention,) = read("Profit fell over the past two years.")
    assert (mention.time_start, mention.time_end) == ("2011-03-20T09:30:00Z", "2013-03-20T09:30:00Z")


def test_interval_of_a_time_with_a_zone_is_in_utc_and_without_one_its_day() -> None:
    zoned = read("The quake struck at 10 p.m. EST on January 6, 2013.")[0]
    assert (zoned.time_start, zoned.time_end) == ("2013-01-07T03:00:00Z", "2013-01-07T03:01:00Z")
    bare = read("The quake struck at 10 p.m. on January 6, 2013.")[0]
    assert (bare.time_start, bare.time_end) == ("2013-01-06T00:00:00Z", "2013-01-07T00:00:00Z")


def test_publication_in_another_zone_is_taken_in_utc() -> None:
    late = datetime.fromisoformat("2013-03-20T23:30:00-05:00")
    assert values("He left today.", late)["today"] == ("DATE", "2013-03-21")
