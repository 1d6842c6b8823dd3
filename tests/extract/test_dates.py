"""Time expressions: every rule's example, the usual shapes of news, what is no date, and what must always hold."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract.dates import times
from kg.extract.dates_grammar import RULES, Rule
from kg.score.times import meantime, score_meantime

TODAY = datetime.date(2024, 2, 7)  # a Wednesday
RULE_LIST = list({rule.name: rule for rules in RULES.values() for rule in rules}.values())


def read(text: str, date: datetime.date | None = TODAY, **options: object) -> list[tuple[str, str, str]]:
    return [(text[t.start : t.end], t.type, t.value) for t in times(text, date, **options)]  # type: ignore[arg-type]


@pytest.mark.parametrize("rule", RULE_LIST, ids=lambda rule: rule.name)
def test_every_rule_reads_its_example(rule: Rule) -> None:
    text, value = rule.example
    assert value in [time.value for time in times(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        ("It closed on Feb. 28.", "Feb. 28", "2024-02-28"),
        ("It closed on 28 February 2021.", "28 February 2021", "2021-02-28"),
        ("on Friday, January 4, 2019, it", "Friday, January 4, 2019", "2019-01-04"),
        ("since February 2020", "February 2020", "2020-02"),
        ("dated 2019-11-30.", "2019-11-30", "2019-11-30"),
        ("dated 11/30/2019.", "11/30/2019", "2019-11-30"),
        ("dated 30/11/2019.", "30/11/2019", "2019-11-30"),
        ("the Fourth of July", "the Fourth of July", "2024-07-04"),
        ("sales since 2019", "2019", "2019"),
        ("by 2030", "2030", "2030"),
        ("in mid-2022", "mid-2022", "2022"),
        ("the 2019-20 season", "2019-20", "2019/2020"),
        ("the 2008 model year", "2008", "2008"),
        ("She started 2024 with a win.", "2024", "2024"),
        ("in the 1990s", "1990s", "199"),
        ("in the late 80s", "late 80s", "198"),
        ("FY2023 was bad", "FY2023", "FY2023"),
        ("Q3 2022 was bad", "Q3 2022", "2022-Q3"),
        ("the fourth quarter of fiscal 2023", "the fourth quarter of fiscal 2023", "FY2023-Q4"),
        ("the first quarter of last year", "the first quarter of last year", "2023-Q1"),
        ("the second half of 2021", "the second half of 2021", "2021-H2"),
        ("in spring 2021", "spring 2021", "2021-SP"),
        ("last summer it", "last summer", "2023-SU"),
        ("earlier this year", "earlier this year", "2024"),
        ("later this month", "later this month", "2024-02"),
        ("late last year", "late last year", "2023"),
        ("by the end of this year", "the end of this year", "2024"),
        ("last week", "last week", "2024-W05"),
        ("next quarter", "next quarter", "2024-Q2"),
        ("two days ago", "two days ago", "2024-02-05"),
        ("three months ago", "three months ago", "2023-11"),
        ("a decade ago", "a decade ago", "201"),
        ("the day before yesterday", "the day before yesterday", "2024-02-05"),
        ("October of next year", "October of next year", "2025-10"),
        ("early March", "early March", "2023-03"),
        ("in two months' time", "in two months' time", "2024-04"),
        ("on Christmas Day 2005", "Christmas Day 2005", "2005-12-25"),
        ("on Thanksgiving it", "Thanksgiving", "2023-11-23"),
        ("opened May twenty-ninth, it", "May twenty-ninth", "2024-05-29"),
        ("on January first two thousand and thirty two", "January first two thousand and thirty two", "2032-01-01"),
        ("on the twenty third day of September", "the twenty third day of September", "2023-09-23"),
        ("fifteen August nineteen hundred ninety three", "fifteen August nineteen hundred ninety three", "1993-08-15"),
        ("in October two thousand and five", "October two thousand and five", "2005-10"),
        ("born in April of 87.", "April of 87", "1987-04"),
        ("in nineteen ninety-six", "nineteen ninety-six", "1996"),
        ("It fell on Tuesday the 6th.", "Tuesday the 6th", "2024-02-06"),
        ("It will meet on the 18th.", "the 18th", "2024-02-18"),
        ("before the thirty-first day of the month", "the thirty-first day of the month", "2024-01-31"),
        ("the 4th of July of 1995", "the 4th of July of 1995", "1995-07-04"),
        ("on 14 nov", "14 nov", "2023-11-14"),
        ("on October, 1st", "October, 1st", "2023-10-01"),
        ("on 11/20, 11/22 or 11/25", "11/25", "2023-11-25"),
        ("the next 5/12", "5/12", "2024-05-12"),
        ("dated 2019-Aug-01", "2019-Aug-01", "2019-08-01"),
        ("dated 23/Sep/2020", "23/Sep/2020", "2020-09-23"),
        ("on 20161016.", "20161016", "2016-10-16"),
        ("born on 03/18/50", "03/18/50", "1950-03-18"),
        ("the 9/11 attacks", "9/11", "2001-09-11"),
        ("during 2017-Q1", "2017-Q1", "2017-Q1"),
        ("in 2017 April", "2017 April", "2017-04"),
        ("the third month of 2021", "the third month of 2021", "2021-03"),
        ("in the 3rd week of January", "the 3rd week of January", "2024-W03"),
        ("the last week of 2016", "the last week of 2016", "2016-W52"),
        ("in week 27 of last year", "week 27 of last year", "2023-W27"),
        ("the week of April 10", "the week of April 10", "2024-W15"),
        ("Labor Day weekend 2021", "Labor Day weekend 2021", "2021-W35-WE"),
        ("the last Easter", "last Easter", "2023-04-09"),
        ("next week on Tuesday", "next week on Tuesday", "2024-02-13"),
        ("the year before last", "the year before last", "2022"),
        ("later in the year", "later in the year", "2024"),
        ("by the end of the month", "the end of the month", "2024-02"),
        ("in the year to date", "year to date", "2024"),
        ("its largest to date.", "to date", "PRESENT_REF"),
        ("in the mid-nineties", "mid-nineties", "199"),
        ("last fiscal year", "last fiscal year", "FY2023"),
        ("two days after tomorrow", "two days after tomorrow", "2024-02-10"),
        ("2 weeks before May 13, 1999", "2 weeks before May 13, 1999", "1999-04-29"),
        ("2 weeks and 2 days ago", "2 weeks and 2 days ago", "2024-01-22"),
        ("a fortnight ago", "a fortnight ago", "2024-W04"),
        ("It shut 28/01.", "28/01", "2024-01-28"),
        ("due by 04/03", "04/03", "2024-04-03"),
        ("signed 03/18,2019", "03/18,2019", "2019-03-18"),
        ("in 11/2016", "11/2016", "2016-11"),
        ("since 3/2015", "3/2015", "2015-03"),
        ("moved out 2016/11.", "2016/11", "2016-11"),
        ("in 2019-4 it", "2019-4", "2019-04"),
        ("dated 2017.5.3", "2017.5.3", "2017-05-03"),
        ("in 2018Q3", "2018Q3", "2018-Q3"),
        ("As of December31 , 2009 it", "December31 , 2009", "2009-12-31"),
        ("a rise by 2100", "2100", "2100"),
        ("in 2018, not 2017", "2017", "2017"),
        ("CY2023 was bad", "CY2023", "2023"),
        ("It will vote on the 20th of next month.", "the 20th of next month", "2024-03-20"),
        ("the fourth of last month", "the fourth of last month", "2024-01-04"),
        ("the third Monday of the previous month", "the third Monday of the previous month", "2024-01-15"),
        ("It is planned for the 21st.", "the 21st", "2024-02-21"),
        ("day after tomorrow it", "day after tomorrow", "2024-02-09"),
        ("It opens the month after the next.", "the month after the next", "2024-04"),
        ("It opens next workweek.", "next workweek", "2024-W07"),
        ("It shut two Mondays ago.", "two Mondays ago", "2024-01-29"),
        ("three Fridays from now", "three Fridays from now", "2024-02-23"),
        ("1 month 2 years ago", "1 month 2 years ago", "2022-01-07"),
        ("in the nineteen-seventies", "nineteen-seventies", "197"),
        ("in the noughties", "noughties", "200"),
        ("on May 4, nineteen zero six", "May 4, nineteen zero six", "1906-05-04"),
        ("on Ash Wednesday it", "Ash Wednesday", "2023-02-22"),
        ("It will open on Whit Monday.", "Whit Monday", "2024-05-20"),
        ("on Father’s Day of 2021", "Father’s Day of 2021", "2021-06-20"),
        ("on MLK Day 2023", "MLK Day 2023", "2023-01-16"),
        ("Presidents' Day 2022", "Presidents' Day 2022", "2022-02-21"),
        ("on Bastille Day it", "Bastille Day", "2023-07-14"),
        ("before New Year it", "New Year", "2024-01-01"),
        ("5 days before New Year", "5 days before New Year", "2023-12-27"),
        ("Labor Day 2021 weekend", "Labor Day 2021 weekend", "2021-W35-WE"),
    ],
)
def test_dates(text: str, words: str, value: str) -> None:
    assert (words, "DATE", value) in read(text)


@pytest.mark.parametrize(
    ("text", "words", "type", "value"),
    [
        ("It took three years.", "three years", "DURATION", "P3Y"),
        ("a six-month delay", "six-month", "DURATION", "P6M"),
        ("almost two and a half years late", "almost two and a half years", "DURATION", "P2.5Y"),
        ("over the past six months", "the past six months", "DURATION", "P6M"),
        ("in recent years", "recent years", "DURATION", "PXY"),
        ("after thirty minutes", "thirty minutes", "DURATION", "PT30M"),
        ("it meets every Monday", "every Monday", "SET", "XXXX-WXX-1"),
        ("it meets on Fridays", "Fridays", "SET", "XXXX-WXX-5"),
        ("it reports annually", "annually", "SET", "P1Y"),
        ("it reports quarterly", "quarterly", "SET", "P3M"),
        ("it builds 15 a year", "a year", "SET", "P1Y"),
        ("every two weeks it", "every two weeks", "SET", "P2W"),
        ("after 1 hour and 30 minutes", "1 hour and 30 minutes", "DURATION", "PT1H30M"),
        ("an hour and a half away", "an hour and a half", "DURATION", "PT1.5H"),
        ("it took half an hour", "half an hour", "DURATION", "PT30M"),
        ("it was open all week", "all week", "DURATION", "P1W"),
        ("for another year", "another year", "DURATION", "P1Y"),
        ("it reports semi-annually", "semi-annually", "SET", "P6M"),
        ("it meets Friday mornings", "Friday mornings", "SET", "XXXX-WXX-5TMO"),
        ("it meets on Tuesdays at 9am", "Tuesdays at 9am", "SET", "XXXX-WXX-2T09:00"),
        ("it shuts every weekend", "every weekend", "SET", "XXXX-WXX-WE"),
        ("it shuts on weekends", "weekends", "SET", "XXXX-WXX-WE"),
        ("it shuts in the evenings", "the evenings", "SET", "XXXX-XX-XXTEV"),
        ("it opens everyday.", "everyday", "SET", "P1D"),
        ("it airs at 9 p.m. on Sundays", "9 p.m. on Sundays", "SET", "XXXX-WXX-7T21:00"),
        ("it meets once a month", "a month", "SET", "P1M"),
        ("it took 3h to land", "3h", "DURATION", "PT3H"),
        ("after 45min it", "45min", "DURATION", "PT45M"),
        ("a wait of 2.5years", "2.5years", "DURATION", "P2.5Y"),
        ("its full-year profit", "full-year", "DURATION", "P1Y"),
        ("an all-night sitting", "all-night", "DURATION", "P1D"),
        ("for full day", "full day", "DURATION", "P1D"),
        ("in the past fortnight", "the past fortnight", "DURATION", "P2W"),
        ("after two previous years", "two previous years", "DURATION", "P2Y"),
        ("it rained all weekend", "all weekend", "DURATION", "P1WE"),
        ("for nearly half year", "nearly half year", "DURATION", "P6M"),
        ("after ½ hour", "½ hour", "DURATION", "PT30M"),
        ("they must wait another month", "another month", "DURATION", "P1M"),
        ("on the 19th of every month", "the 19th of every month", "SET", "XXXX-XX-19"),
        ("at half past seven", "half past seven", "TIME", "2024-02-07T07:30"),
        ("at a quarter to nine in the evening", "a quarter to nine in the evening", "TIME", "2024-02-07T20:45"),
        ("at 3:30 in the morning", "3:30 in the morning", "TIME", "2024-02-07T03:30"),
        ("at nine o'clock", "nine o'clock", "TIME", "2024-02-07T09:00"),
        ("on 23.04.2022 14:55", "14:55", "TIME", "2022-04-23T14:55"),
        ("in late afternoon", "late afternoon", "TIME", "2024-02-07TAF"),
        ("it is now open", "now", "DATE", "PRESENT_REF"),
        ("it recently opened", "recently", "DATE", "PAST_REF"),
        ("it opens soon", "soon", "DATE", "FUTURE_REF"),
        ("It shuts tonight.", "tonight", "TIME", "2024-02-07TNI"),
        ("It shut this morning.", "this morning", "TIME", "2024-02-07TMO"),
        ("It shut Tuesday evening.", "Tuesday evening", "TIME", "2024-02-06TEV"),
        ("It shut at 10:30 a.m.", "10:30 a.m.", "TIME", "2024-02-07T10:30"),
        ("It shut at 12:00 UTC Monday.", "12:00 UTC Monday", "TIME", "2024-02-05T12:00Z"),
        ("On Monday it shut at 6pm.", "6pm", "TIME", "2024-02-05T18:00"),
    ],
)
def test_durations_sets_references_clocks(text: str, words: str, type: str, value: str) -> None:
    assert (words, type, value) in read(text)


@pytest.mark.parametrize(
    "text",
    [
        "It employed 2019 employees.",
        "The 2,019 voters and 2000 km of road",
        "Boeing 2000 in Room 1999",
        "They march on and may win a second place.",
        "Theresa May spoke to May about March.",
        "It was on sale for $2019.",
        "He is 45 years old, a 45-year-old man.",
        "The Sunday Times and the Daily Mail",
        "He has the sat nav and the sun in his 50s",
        "a ratio of 3:16 and version 10.2.2024.1",
        "in second gear",
        "They won 1/3 of the seats, open 24/7, on 29th Street, and were up to date.",
        "Second place went to the ten past winners.",
        "He was in his nineties, in week 3 of the season.",
        "He made a christmas list with the 10 SEC teams.",
        "It was at this time that they met.",
        "They won 22-04, then 3-7-07, and led 9-18-15.",
        "The two thousands of them, a rule (EC) 3/2015 and 04/20 shades.",
        "The 05/06 season, 12/24 votes, flight 11-2016 and Resolution 5/2015.",
        "CVE-2015-3 is mended in version 2015.5.13 and in release 2016/11.",
        "The 3D film, the 4K set, the 2G net and a 3H pencil.",
        "Growth fell by half year on year, in the second half day trade began.",
        "Wait a minute, said the man of everyday life.",
        "No other whole year was as warm, and no whole week.",
        "Cy Young won it; so did Easter Road and the Chinese New Year.",
        "The 2100 homes and 2150 people, by 2100 votes.",
        "Their weekends and three mornings were enough.",
        "Half the day traders and half of the year's sales.",
        "It is open 24/7, up 3/4 and at 10/12.",
    ],
)
def test_what_is_no_time(text: str) -> None:
    assert read(text) == []


def test_a_weekday_leans_on_its_verb() -> None:
    assert read("The board will meet on Tuesday.")[0][2] == "2024-02-13"
    assert read("The board met on Tuesday.")[0][2] == "2024-02-06"
    assert read("The board met on Wednesday.")[0][2] == "2024-02-07"
    assert read("Tuesday", tense_at=lambda start, end: "future")[0][2] == "2024-02-13"
    assert read("The deal should be completed in October.")[0][2] == "2024-10"
    assert read("The deal was completed in October.")[0][2] == "2023-10"


def test_a_month_that_owns_is_no_month_of_a_day() -> None:
    assert [words for words, *_ in read("It was the first of this month’s rounds.")] == ["this month"]
    assert [words for words, *_ in read("It was the 1st of this month.")] == ["the 1st of this month"]


def test_later_counts_from_the_time_told_last() -> None:
    assert read("It opened on May 3, 2010. Two weeks later it shut.")[1][2] == "2010-W20"
    assert read("It opened on May 3, 2010 and shut the next day.")[1][2] == "2010-05-04"
    assert read("It fell in January against the same month a year ago.")[1][2] == "2023-01"
    assert read("It opened on May 3, 2010. Some months later it shut.")[1][2] == "XXXX-XX"
    assert read("It opened on May 3, 2010, and shut on May 20.")[1][2] == "2010-05-20"


def test_ranges_give_both_ends() -> None:
    assert [value for *_, value in read("from March 3-5, 2020")] == ["2020-03-03", "2020-03-05"]
    assert [value for *_, value in read("between 60 and 90 days")] == ["P60D", "P90D"]
    assert [value for *_, value in read("from 2009 to 2011")] == ["2009", "2011"]
    assert [value for *_, value in read("It lasted, 2009 to 2011, too long.")] == ["2009", "2011"]
    assert [value for *_, value in read("from 3 until 9 May 2021")] == ["2021-05-03", "2021-05-09"]
    assert [value for *_, value in read("signed 10/1/2018-11/7/2018.")] == ["2018-10-01", "2018-11-07"]


def test_the_year_behind_a_range_is_the_year_of_both_ends() -> None:
    def values(text: str) -> list[str]:
        return [value for *_, value in read(text)]

    assert values("It ran from January to April 2015.") == ["2015-01", "2015-04"]
    assert values("It ran Nov.-Feb. 2017.") == ["2016-11", "2017-02"]
    assert values("It ran in June and July of last year.") == ["2023-06", "2023-07"]
    assert values("It will run from May to September.") == ["2024-05", "2024-09"]
    assert values("It ran from October to January.") == ["2023-10", "2024-01"]
    assert values("It ran from Nov. 18 to Jan. 9, 2016.") == ["2015-11-18", "2016-01-09"]
    assert values("It ran between 3 May and 5 June 2019.") == ["2019-05-03", "2019-06-05"]
    assert values("It ran from Feb. 30 to March 2, 2019.") != ["2019-02-30", "2019-03-02"]
    assert values("In May and April prices rose.") == ["2023-05", "2023-04"]
    assert values("Ms. April and June won, and April gave June a car.") == []
    assert [value for *_, value in read("the two days from Monday to Friday")][1:] == ["2024-02-05", "2024-02-09"]


def test_a_clock_time_joins_no_day_of_the_next_line() -> None:
    values = [value for *_, value in read("23.04.2022 14:55\n30.04.2022 12:04")]
    assert values == ["2022-04-23", "2022-04-23T14:55", "2022-04-30", "2022-04-30T12:04"]


def test_without_a_date_nothing_is_guessed() -> None:
    text = "Tuesday, last week, today, two days ago, last year, in March, on March 5, Q3, tonight, next month at 9 a.m."
    values = [time.value for time in times(text, None)]
    assert values == [
        "XXXX-WXX-2", "XXXX-WXX", "XXXX-XX-XX", "XXXX-XX-XX", "XXXX", "XXXX-03", "XXXX-03-05", "XXXX-Q3",
        "XXXX-XX-XXTNI", "XXXX-XX", "XXXX-XX-XXT09:00",
    ]  # fmt: skip


WORDS = [
    *("the", "a", "last", "next", "this", "May", "March", "2019", "1990s", "January", "5", ",", ".", "Tuesday", "two"),
    *("years", "ago", "later", "quarter", "of", "fiscal", "Q3", "in", "by", "and", "-", "half", "every", "morning"),
    *("at", "10:30", "a.m.", "end", "early", "since", "twenty", "31", "30", "0", "99999999", "’", "day", "before"),
    *("summer", "Easter", "week", "02/30/2024"),
]


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join)),
    st.one_of(st.none(), st.dates()),
)
@settings(max_examples=120, deadline=None)
def test_offsets_and_order_hold_for_any_text(text: str, date: datetime.date | None) -> None:
    end = 0
    for time in times(text, date):
        assert end <= time.start < time.end <= len(text)
        assert text[time.start : time.end].strip() == text[time.start : time.end]
        assert time.value and "@" not in time.value
        end = time.end


@pytest.mark.parametrize(
    "piece",
    ["1", " ", "May ", "January 1 ", "a ", "the last ", "twenty ", "one and ", "12-", "\n\n", "in the ", "2019 "],
)
def test_long_hostile_text_is_read_to_its_end(piece: str) -> None:
    text = piece * (6_000 // len(piece)) + "\n\nIt opened on June 3, 2011."
    assert read(text)[-1] == ("June 3, 2011", "DATE", "2011-06-03")


def test_meantime_stays_above_its_floor() -> None:
    data = Path(os.environ.get("KG_DATA", Path(__file__).parents[3] / "shared" / "data"))
    if not (data / "meantime").is_dir():
        pytest.skip(f"no MEANTIME below {data} (set KG_DATA)")
    figures = score_meantime(meantime(data / "meantime"), times)
    assert figures["gold"] == 166
    assert figures["value"]["f1"] >= 0.849
    assert figures["strict"]["f1"] >= 0.88
