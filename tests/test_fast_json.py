"""JSON read fast, by the standard library and by msgspec, against the slow reader that knows lines."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
from random import Random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from records import trees
from strategies import TODAY
from test_fast_reading import CASES, FULL, changed, places, put, slow_text, told

from clinic_vetting import (
    Clinic,
    InputError,
    decode_clinic,
    decoding,
    document,
    load_clinic,
    load_criteria,
    parse_clinic,
    to_json,
    vet,
    vet_json,
)
from clinic_vetting.decoding import draft_from
from clinic_vetting.document import MAX_BYTES
from clinic_vetting.fast_reading import UNUSUAL, Doubt, json_draft, made_of, read_json

if TYPE_CHECKING:
    from collections.abc import Iterator


def drafted(data: bytes, read: Any = lambda data: json_draft(data, frozen=False)) -> Clinic:
    """Read a draft, and then its clinic."""
    try:
        return made_of(read(data))
    except UNUSUAL:
        return parse_clinic(data)


def decoded(data: bytes) -> Clinic:
    """Read a draft by msgspec, and then its clinic."""
    return drafted(data, draft_from)


AGREE = settings(max_examples=4 * CASES)
READERS = [
    pytest.param(parse_clinic, id="json"),
    pytest.param(drafted, id="json, drafted"),
    pytest.param(decode_clinic, id="msgspec"),
    pytest.param(decoded, id="msgspec, drafted"),
]


@pytest.fixture(params=READERS)
def read(request: pytest.FixtureRequest) -> Any:
    """Each reader; those of msgspec where it is installed."""
    if request.param in (decode_clinic, decoded):
        pytest.importorskip("msgspec", reason="needs the extra clinic-vetting[msgspec]")
    return request.param


class Writing:
    """Writes JSON in all the ways that it can be written, right and wrong."""

    def __init__(self, random: Random, odd: int) -> None:
        self.random, self.odd = random, odd

    def chance(self, one_in: int) -> bool:
        return self.random.randrange(one_in) < self.odd

    def space(self) -> str:
        return self.random.choice(["", " ", "\n  ", "\t", "\r\n"]) if self.chance(3) else ""

    def value(self, tree: Any) -> str:
        match tree:
            case dict():
                return self.held("{}", [pair for each in tree.items() for pair in self.pairs(*each)])
            case list():
                return self.held("[]", [self.value(each) for each in tree])
            case str():
                return self.text(tree)
            case int() | float() if self.chance(10):
                return self.random.choice(["-0", "-0.0", "5.00", "5e0", "0", "05", "NaN", "-5"])
            case _:
                return json.dumps(tree)

    def held(self, marks: str, inner: list[str]) -> str:
        return marks[0] + ",".join(f"{self.space()}{each}{self.space()}" for each in inner) + marks[1]

    def pairs(self, key: str, value: Any) -> list[str]:
        times = 2 if self.chance(400) else 1
        return [f"{self.text(key)}{self.space()}:{self.space()}{self.value(value)}" for _ in range(times)]

    def text(self, text: str) -> str:
        written = json.dumps(text, ensure_ascii=self.chance(2))
        if self.chance(100):
            return written.replace(":", "\\u003a")
        return f'"{self.random.choice([":", "a:", chr(92) + "u003a"])}"' if self.chance(300) else written


@st.composite
def written(draw: st.DrawFn) -> bytes:
    """Draw a dossier as JSON, sometimes odd, sometimes with a key written twice."""
    tree = draw(st.one_of(st.just(FULL), trees(), changed()))
    try:
        plain = json.loads(json.dumps(tree))
    except (TypeError, ValueError):
        plain = FULL
    return (
        Writing(draw(st.randoms(use_true_random=True)), draw(st.integers(0, 3)))
        .value(plain)
        .encode("utf-8", "surrogatepass")
    )


@AGREE
@given(written())
def test_json_is_read_alike_however_it_is_written(data: bytes) -> None:
    expected = told(slow_text, data)
    assert told(parse_clinic, data) == expected
    assert told(drafted, data) == expected
    pytest.importorskip("msgspec", reason="needs the extra clinic-vetting[msgspec]")
    assert told(decode_clinic, data) == expected
    assert told(decoded, data) == expected


INNER = (
    '"id":"a","id":"b"', '"id" :"a","id":"b"', '"id":"a\\":","id":"b"', '"id":1.50', '"id":-0', '"id": -0', '"id": 1e2',
    '"id":"a :b"', '"id":"a","id" :"a"', '"id":"\\ud800"', '"id":"\\ud83d\\ude00"', '"id":100000000000000000000000',
    '"id":"a"}}', '"id":NaN', '"id":""', '"id":"a","name":""', '"id":"a","country":"UK"', '"id":"a\\u0000"',
    '"id":"a","name":"\\u003a","name":"b"', '"id":"a","name":"b","name":"\\u003a"', '"id":"\\u003a","id":"b"',
    '"id":"a","name":"\\u003A"',
    '"i\\u0064":"a","id":"b"', '"id":"a:b:c"', '"id":":"', '"id":"a","treatments":["-0",-0]',
    '"id":true', '"id":null', '"id":"a","id":"a"',
)  # fmt: skip


@pytest.mark.parametrize("inner", INNER)
def test_what_only_the_text_shows(inner: str, read: Any) -> None:
    """Keys written twice are told, and numbers stay as they were written."""
    data = f'{{"dossier":1,"clinic":{{{inner}}}}}'.encode()
    assert told(read, data) == told(slow_text, data)


def test_a_key_repeated_anywhere_is_told(read: Any) -> None:
    paths = [path for path in places(FULL)[1:] if isinstance(path[-1], str)]
    for path in paths[:: 1 if CASES > 50 else 3]:
        text = json.dumps(put(FULL, path, "@@"))
        key, value = json.dumps(path[-1]), json.dumps(_at(FULL, path))
        data = text.replace('"@@"', f"{value}, {key}: {value}").encode()
        with pytest.raises(InputError, match="a repeated key"):
            read(data)


def _at(tree: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        tree = tree[step]
    return tree


@pytest.mark.parametrize("indent", [None, 1, "\t"])
def test_usual_text_is_read_fast(indent: int | str | None) -> None:
    """Colons within texts, lines of their own and letters of any script are no reason to doubt."""
    tree = {**FULL, "clinic": {**FULL["clinic"], "name": "Clinic: Zoë 診所"}}
    for ascii_only in (True, False):
        text = json.dumps(tree, indent=indent, ensure_ascii=ascii_only)
        assert repr(read_json(text)) == repr(read_json(text.encode())) == repr(slow_text(text.encode()))


@pytest.mark.parametrize(
    "data",
    [
        b"", b"[" * 100_000, b'{"a":' * 5000 + b"1" + b"}" * 5000, b'\xef\xbb\xbf{"dossier":1,"clinic":{"id":"a"}}',
        b'{"dossier":1,"clinic":{"id":"\xff"}}', b'{"dossier":1,"clinic":{"id":"a"}} x', b"dossier: 1\nclinic: {id: a}",
        '{"dossier":1,"clinic":{"id":"a"}}'.encode("utf-16"), b'{"dossier":1,"clinic":{"id":"a\x00"}}',
        b'{"dossier":1,"clinic":{"id":"a"}}' + b" " * MAX_BYTES, b"{dossier: 1, clinic: {id: a}}", b"null", b'"a"',
        b'{"dossier":1,"clinic":{"id":"a\tb"}}', b'\xc2\xa0{"dossier":1,"clinic":{"id":"a"}}',
    ],
)  # fmt: skip
def test_bytes_that_are_no_plain_json_are_read_alike(data: bytes, read: Any) -> None:
    assert told(read, data) == told(slow_text, data)


def test_text_and_bytes_are_read_alike() -> None:
    text = json.dumps(FULL, ensure_ascii=False)
    assert parse_clinic(text) == parse_clinic(text.encode()) == slow_text(text.encode())
    lone = text.replace("é", "\ud800")
    with pytest.raises(InputError) as expected:
        document.parse(lone)
    with pytest.raises(InputError) as found:
        parse_clinic(lone)
    assert found.value.faults == expected.value.faults


def test_a_doubt_keeps_the_name_and_the_lines() -> None:
    with pytest.raises(InputError) as error:
        parse_clinic('{"dossier": 1,\n "clinic": {"id": "a",\n "country": "UK"}}', "a.json")
    assert [(each.file, each.line, each.path) for each in error.value.faults] == [("a.json", 3, "clinic.country")]


def test_files_are_read_by_their_text(tmp_path: Any) -> None:
    file = tmp_path / "a.json"
    file.write_text(json.dumps(FULL), encoding="utf-8")
    assert load_clinic(file) == parse_clinic(file.read_bytes())


PLAIN: dict[str, Any] = {
    "dossier": 1,
    "default_source": "visit",
    "clinic": {"id": "a", "name": "A", "country": "GB", "region": "GB-ENG", "treatments": "mesotherapy"},
    "sources": {"gmc": {"kind": "register", "who": "G", "seen": "2026-11-01"}, "visit": {"kind": "claim", "who": "B"}},
    "practitioners": [
        {
            "name": "A", "injects": True, "source": "visit",
            "licences": {"authority": "GMC", "number": "7012345", "status": "active", "source": "gmc"},
            "training": [{"treatment": "mesotherapy", "hours": 16.5, "completed": "2024-05-01", "source": "gmc"}],
            "insurance": [{"covers": ["mesotherapy"], "expires": "2027-01-01", "source": "visit"}],
        }
    ],
    "products": [
        {
            "name": "A", "kind": "device", "sealed": {"answer": "yes"}, "gs1": "(10)A1", "source": "visit",
            "supplier": {"name": "B", "authorised": True, "source": "gmc"},
            "authorisation": [{"authority": "MHRA", "country": "GB", "source": "gmc"}],
        }
    ],
    "ratings": [{"platform": "Google", "mean": 4, "count": 12, "seen": "2026-10-01", "independent": False}],
    "reviews": [
        {"platform": "Google", "rating": 5, "date": "2026-10-01", "author": "r: s", "text": "Good."},
        {"platform": "Google", "rating": 4.5, "date": "2026-10-02", "independent": True},
    ],
    "replies": [{"criterion": "hygiene.hand_hygiene", "by": "manager", "on": "2026-10-01", "text": "Fitted."}],
    "answers": {
        "hygiene": {
            "hand_hygiene": "yes", "sharps_waste": [{"answer": "no", "note": "n"}, "yes"], "linen": [],
            "skin_antisepsis": {"answer": "no", "source": "gmc", "note": "n"},
        },
        "care": {"follow_up": {"answer": "yes", "source": "visit"}, "aftercare_written": {"answer": "no"}},
        "credentials": {"injector_licensed": "no", "injector_trained": [{"answer": "yes"}]},
    },
}  # fmt: skip
"""A dossier of which every value is of the type that msgspec looks for."""


def by_structs(data: bytes, *, frozen: bool = False) -> Clinic:
    """Read by msgspec alone."""
    decode = decoding.decoder()
    if decode is None:
        pytest.skip("needs the extra clinic-vetting[msgspec]")
    return made_of(decode(data, frozen=frozen))


@pytest.mark.parametrize("indent", [None, 1])
@pytest.mark.parametrize("frozen", [False, True])
def test_what_is_typed_as_its_shapes_is_read_by_structs_alone(indent: int | None, frozen: bool) -> None:  # noqa: FBT001
    data = json.dumps(PLAIN, indent=indent).encode()
    assert repr(by_structs(data, frozen=frozen)) == repr(slow_text(data))


def test_whatever_structs_take_is_what_the_slow_reader_takes() -> None:
    """Every key left out, and every value changed for an odd one."""
    wrong = []
    for path in places(PLAIN)[1:]:
        for how, value in [("drop", None), *(("change", each) for each in PLAINLY_ODD)]:
            data = json.dumps(put(PLAIN, path, value, how)).encode()
            try:
                clinic = by_structs(data)
            except UNUSUAL:
                continue
            if told(slow_text, data)[0] != repr(clinic):
                wrong.append((path, how, value))
    assert wrong == []


PLAINLY_ODD: tuple[Any, ...] = (
    "", " ", "\u2003", "a\0b", "x" * 101, "x" * 20_001, "visit", "nobody", "yes", "no", "2026-11-01", "2026-02-30",
    True, False, None, 0, 5, -1, 4.5, 0.0, -0.0, 1e300, [], ["yes"], ["yes"] * 25, {}, {"answer": "yes"}, [{}],
    [{"answer": "no", "source": "gmc"}] * 25,
)  # fmt: skip


def test_direct_answers_alone_are_scored_by_structs() -> None:
    """With no record beside them, and with a default source."""
    kept = {name: PLAIN[name] for name in ("dossier", "default_source", "clinic", "sources", "answers", "reviews")}
    data, criteria = json.dumps(kept).encode(), load_criteria()
    assert by_structs(data) == slow_text(data)
    expected = vet(slow_text(data), criteria, as_of=TODAY)
    for platform in ("Google", "google ", "Other"):
        several = json.dumps({**kept, "reviews": [{**kept["reviews"][0], "platform": platform}, kept["reviews"][1]]})
        assert vet_json(several, criteria, as_of=TODAY).sums == vet(parse_clinic(several), criteria, as_of=TODAY).sums
    assert vet_json(data, criteria, as_of=TODAY).beliefs == expected.beliefs


def test_structs_leave_many_answers_to_the_slow_reader() -> None:
    answers = {f"c{i}": "yes" for i in range(401)}
    assert by_structs(json.dumps({**PLAIN, "answers": {"care": dict(list(answers.items())[:400])}}).encode())
    with pytest.raises(Doubt):
        by_structs(json.dumps({**PLAIN, "answers": {"care": answers}}).encode())


@pytest.fixture
def no_msgspec(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """As if it were not installed."""
    monkeypatch.setitem(sys.modules, "clinic_vetting.fast_reading.decoded", None)
    decoding.decoder.cache_clear()
    yield
    decoding.decoder.cache_clear()


@pytest.mark.usefixtures("no_msgspec")
def test_json_is_scored_and_not_decoded_without_msgspec() -> None:
    data, criteria = json.dumps(PLAIN).encode(), load_criteria()
    assert vet_json(data, criteria, as_of=TODAY).sums == vet(slow_text(data), criteria, as_of=TODAY).sums
    with pytest.raises(ImportError, match=r"pip install 'clinic-vetting\[msgspec\]'"):
        decode_clinic(data)


def without_msgspec(code: str) -> str:
    """Run code where msgspec cannot be imported."""
    begun = f"import sys; sys.modules['msgspec'] = None; sys.path[:0] = {sys.path!r}\n"
    command = [sys.executable, "-c", begun + code]
    done = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own
    return done.stdout


def test_without_msgspec_the_error_says_what_to_install() -> None:
    told = without_msgspec("""
from clinic_vetting import decode_clinic
try: decode_clinic(b'{"dossier":1,"clinic":{"id":"a"}}')
except ImportError as error: print(error)
""")
    assert "pip install 'clinic-vetting[msgspec]'" in told


def test_json_is_scored_alike_with_and_without_msgspec() -> None:
    scored = f"""
import datetime, sys
from clinic_vetting import load_criteria, to_json, vet_json
sys.stdout.write(to_json(vet_json({json.dumps(FULL)!r}, load_criteria(), as_of=datetime.date(2026, 11, 1))))
"""
    expected = to_json(vet(slow_text(json.dumps(FULL).encode()), load_criteria(), as_of=dt.date(2026, 11, 1)))
    assert without_msgspec(scored) == expected
    assert to_json(vet_json(json.dumps(FULL), load_criteria(), as_of=dt.date(2026, 11, 1))) == expected


def scored(score: Any, data: bytes) -> Any:
    """Give all numbers of a verdict and its clinic, or the faults."""
    try:
        verdict = score(data)
    except InputError as error:
        return error.faults
    return verdict.band, verdict.beliefs, verdict.sums, repr(verdict.clinic)


@AGREE
@given(written())
def test_json_is_scored_as_its_clinic_is(data: bytes) -> None:
    """Before a clinic is made, the same numbers; and then the same clinic."""
    criteria = load_criteria()
    expected = scored(lambda data: vet(slow_text(data), criteria, as_of=TODAY), data)
    assert scored(lambda data: vet_json(data, criteria, as_of=TODAY), data) == expected


def test_too_much_text_is_no_json_to_read_fast() -> None:
    text = '{"dossier":1,"clinic":{"id":"a"}}'
    assert read_json(text.ljust(MAX_BYTES)).id == "a"
    with pytest.raises(Doubt):
        read_json(text.ljust(MAX_BYTES + 1))
