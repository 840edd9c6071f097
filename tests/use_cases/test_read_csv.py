"""Reading CSV files: what is accepted, and every mistake named by line and column."""

from datetime import date
from pathlib import Path

import pytest

from domain.directory import MeetingRow, PersonRow
from domain.errors import BadFile
from use_cases.read_csv import Meetings, People, read_meetings, read_people

HEAD = "person_id,department,email,slack_user_id,manager,started_on,timezone"


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def people(file: Path, content: str | bytes) -> People:
    file.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_people(file)


def meetings(file: Path, content: str) -> Meetings:
    file.write_bytes(content.encode())
    return read_meetings(file)


def test_all_columns_are_read(file: Path) -> None:
    read = people(
        file,
        "person_id,department,email,slack_user_id,name,office,level,manager,started_on,timezone,interests\n"
        'p1,Law,Ann@Example.com,U1,"Ann, the first",Oslo,Senior,p2,2020-02-29,Europe/Oslo,chess\n',
    )
    assert read.rows == (
        PersonRow(
            line=2,
            external_id="p1",
            department="Law",
            email="ann@example.com",
            slack_user_id="U1",
            name="Ann, the first",
            office="Oslo",
            level="Senior",
            manager="p2",
            started_on=date(2020, 2, 29),
            timezone="Europe/Oslo",
            interests="chess",
        ),
    )
    assert read.warnings == ()


@pytest.mark.parametrize(
    "content",
    [
        "person_id,department\np1,Law\np2,\n",
        "department,person_id\nLaw,p1\n,p2\n",
        "person_id;department\np1;Law\np2;\n",
        "person_id,department\r\np1,Law\r\np2,\r\n",
        "person_id,department\rp1,Law\rp2,\r",
        "\ufeffperson_id,department\np1,Law\np2,\n",
        '\ufeff"person_id","department"\n"p1","Law"\n"p2",""\n',
        " person_id , department \n p1 , Law \n p2 , \n",
        "person_id,department\n\np1,Law\n,\n   ,  \np2,\n\n",
        "person_id,department\np1,Law\np2,",
    ],
)
def test_the_same_table_written_in_many_ways(file: Path, content: str) -> None:
    read = people(file, content)
    assert [(row.external_id, row.department) for row in read.rows] == [("p1", "Law"), ("p2", None)]
    assert read.columns == {"person_id", "department"}


def test_lines_are_counted_over_blank_ones(file: Path) -> None:
    read = people(file, "person_id,department\n\np1,Law\n\n\np2,Law\n")
    assert [row.line for row in read.rows] == [3, 6]


def test_a_semicolon_in_a_cell_does_not_separate_where_commas_do(file: Path) -> None:
    assert people(file, "person_id,department\np1,Law; Tax\n").rows[0].department == "Law; Tax"


def test_foreign_columns_are_left_out_with_a_warning(file: Path) -> None:
    read = people(file, "person_id,department,salary,shoe size\np1,Law,9,43\n")
    assert read.warnings == ("columns that are not ours were left out: salary, shoe size",)
    assert "salary" not in read.columns


def test_a_file_without_rows_is_no_mistake(file: Path) -> None:
    assert people(file, HEAD + "\n").rows == ()


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", "line 1: expected a column person_id;"),
        (b"\n", "line 1: expected a column department;"),
        (b"person_id\np1\n", "line 1: expected a column department;"),
        (b"person_id,department,department\n", "line 1: the column department is there twice"),
        (b"person_id,department\np1,M\xfcnchen\n", "byte 25: expected text in UTF-8"),
        ("person_id,department\np1,Law\n".encode("utf-16"), "byte 0: expected text in UTF-8"),
        (b"person_id,department\np1,La\x00w\n", "line 2, column department: expected at most 200 printable"),
        (b"person_id,department\np1\n", "line 2: expected 2 cells, found 1"),
        (b"person_id,department\np1,Law,x\n", "line 2: expected 2 cells, found 3"),
        (b'person_id,department\np1,"Law\np2,Tax\n', "line 3: unexpected end of data"),
        (b'person_id,department\np1,"Law"s\n', "line 2: ',' expected after '\"'"),
        (b'person_id,"department\np1,Law\n', "line 2: unexpected end of data"),
        (b"person_id,department\n,Law\n", "line 2, column person_id: expected the company's key of a person"),
        (b'person_id,department\np1,"La\nw"\n', "line 3, column department: expected at most 200 printable"),
        (
            b"person_id,department\np1," + b"x" * 201 + b"\n",
            "line 2, column department: expected at most 200",
        ),
        (b"person_id,department\np1," + b"x" * 200_000 + b"\n", "line 2: field larger than field limit"),
    ],
)
def test_a_broken_table_is_refused_with_the_place(file: Path, content: bytes, problem: str) -> None:
    with pytest.raises(BadFile) as refused:
        people(file, content)
    assert any(said.startswith(problem) for said in refused.value.problems), refused.value.problems


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("p2,Law,,,,30.11.2026,", "column started_on: expected a date like 2026-11-30, found '30.11.2026'"),
        ("p2,Law,,,,2026-02-30,", "column started_on: expected a date like 2026-11-30, found '2026-02-30'"),
        ("p2,Law,,,,,CET+1", "column timezone: expected a time zone like Europe/Berlin, found 'CET+1'"),
        ("p2,Law,ann,,,,", "column email: expected an e-mail address, found 'ann'"),
        ("p2,Law,,,p2,,", "column manager: expected the person_id of somebody else, found 'p2'"),
        ("p1,Law,,,,,", "column person_id: expected each person_id once (line 2 has it, too), found 'p1'"),
        (
            "p2,Law,ANN@example.com,,,,",
            "column email: expected each email once (line 2 has it, too), found 'ANN@example.com'",
        ),
        (
            "p2,Law,,U1,,,",
            "column slack_user_id: expected each slack_user_id once (line 2 has it, too), found 'U1'",
        ),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column(file: Path, row: str, problem: str) -> None:
    with pytest.raises(BadFile) as refused:
        people(file, f"{HEAD}\np1,Law,ann@example.com,U1,,,\n{row}\n")
    assert refused.value.problems == (f"line 3, {problem}",)


def test_all_mistakes_are_reported_at_once_and_a_long_list_is_cut(file: Path) -> None:
    with pytest.raises(BadFile) as refused:
        people(file, HEAD + "\n" + "p1,Law,no address,,p1,yesterday,Mars\n" * 10)
    assert len(refused.value.problems) == 10 * 4 + 9 * 2
    said = str(refused.value).splitlines()
    assert said[0] == f"{file} was not used, and nothing was changed. To mend:"
    assert said[-1].strip() == "… and 38 more"
    assert len(said) == 22


def test_a_file_that_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="it can't be read: No such file"):
        read_people(tmp_path / "nowhere.csv")
    with pytest.raises(BadFile, match="it can't be read: Is a directory"):
        read_people(tmp_path)


def test_meetings_are_read_with_and_without_a_date(file: Path) -> None:
    read = meetings(file, "person_a,person_b,met_on,where\np1,p2,2026-01-31,bar\np1,p3,,\n")
    assert read.rows == (MeetingRow(2, "p1", "p2", date(2026, 1, 31)), MeetingRow(3, "p1", "p3"))
    assert read.warnings == ("columns that are not ours were left out: where",)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("p1,p1,", "column person_b: expected somebody other than person_a, found 'p1'"),
        ("p1,,", "column person_b: expected the person_id of somebody, found ''"),
        (",p1,", "column person_a: expected the person_id of somebody, found ''"),
        ("p1,p2,soon", "column met_on: expected a date like 2026-11-30, found 'soon'"),
    ],
)
def test_a_wrong_meeting_is_named_by_line_and_column(file: Path, row: str, problem: str) -> None:
    with pytest.raises(BadFile) as refused:
        meetings(file, f"person_a,person_b,met_on\n{row}\n")
    assert refused.value.problems == (f"line 2, {problem}",)


def test_a_line_separator_in_a_cell_is_a_mistake_in_that_cell(file: Path) -> None:
    with pytest.raises(BadFile) as refused:
        people(file, "person_id,department\np1,La\u2028w\np2,Law\np3,T\u0085x\n")
    assert [said.split(":")[0] for said in refused.value.problems] == [
        "line 2, column department",
        "line 4, column department",
    ]
