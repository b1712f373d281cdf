"""YAML, JSON and Python values as one tree of text that knows its lines."""
# ruff: noqa: SIM300 - what is expected stands first

from __future__ import annotations

import datetime as dt
import json
import time
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clinic_vetting import InputError, clinic_from, fields
from clinic_vetting.document import MAX_BYTES, MAX_DEPTH, MAX_NODES, Node, parse, read_document, tree
from clinic_vetting.reading import INVALID, Reading
from clinic_vetting.shapes import Record
from clinic_vetting.shapes import line_of as line_of_path

if TYPE_CHECKING:
    from pathlib import Path

SOON = 5.0
"""Seconds within which even a hostile document is read or refused on a slow machine."""
BAD_LEVELS = f"expected at most {MAX_DEPTH} levels of nesting, got a deeper one"
BAD_NUMBER = f"expected at most {MAX_NODES:,} values, aliases counted in full, got more"

texts = st.text(max_size=8)
words = st.text(max_size=140)


def lists_and_mappings(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Draw what may hold other values."""
    return st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)


json_values = st.recursive(st.none() | st.booleans() | st.integers() | texts, lists_and_mappings, max_leaves=15)
text_trees = st.recursive(words, lists_and_mappings, max_leaves=15)


def plain(node: Node) -> Any:
    """Take the lines out of a tree."""
    match node.value:
        case dict(mapping):
            return {key: plain(inner) for key, inner in mapping.items()}
        case list(items):
            return [plain(inner) for inner in items]
        case text:
            return text


def read(text: str | bytes, name: str = "x.yaml") -> Any:
    """Read text as a tree without lines, and expect no fault."""
    document = parse(text, name)
    assert [] == document.faults
    return plain(document.root)


def refusal(text: str | bytes, name: str = "x.yaml") -> str:
    """Say why a document is refused."""
    with pytest.raises(InputError) as caught:
        parse(text, name)
    return str(caught.value)


def tree_refusal(value: object) -> str:
    """Say why a Python value is refused."""
    with pytest.raises(InputError) as caught:
        tree(value, "data")
    return str(caught.value)


def faults(text: str, name: str = "x.yaml") -> list[str]:
    """List what is wrong with a document that can be read all the same."""
    return [str(each) for each in parse(text, name).faults]


def named(text: str, name: str) -> str:
    """Read or refuse a document, and give the name that it or its first fault bears."""
    try:
        return parse(text, name).name
    except InputError as error:
        return error.faults[0].file


def line_of(text: str, *steps: str | int, name: str = "x.yaml") -> int:
    """Give the line of a value in a document."""
    node: Any = parse(text, name).root
    for step in steps:
        node = node.value[step]
    return int(node.line)


# Text survives


@pytest.mark.parametrize(
    "written",
    [
        "0123456",
        "NO",
        "no",
        "1:30",
        "2.50",
        "1e3",
        "0x1F",
        "2026-11-01",
        "=",
        "<<",
        "1_000",
        "on",
        ".inf",
        "NULL",
        "+1",
    ],
)
def test_yaml_scalars_stay_as_written(written: str) -> None:
    """What a YAML reader would take for a number, a date or a truth value stays text."""

    assert {"licence": written} == read(f"licence: {written}\n")


@pytest.mark.parametrize(
    "written", ["0", "-0", "2.50", "1e3", "1E+02", "123456789012345678901234567890", "true", "false"]
)
def test_json_scalars_stay_as_written(written: str) -> None:
    """JSON numbers and truth values stay text, digit for digit."""

    assert {"n": written} == read(f'{{"n": {written}}}', "x.json")


def test_quotes_and_blocks_in_yaml() -> None:
    """Quoted, folded and literal text is what YAML says it is."""
    text = "a: 'it''s'\nb: \"x\\ty\\u00e9\"\nc: >\n  one\n  two\nd: |\n  one\n  two\ne: one\n  two\n"

    assert {"a": "it's", "b": "x\tyé", "c": "one two\n", "d": "one\ntwo\n", "e": "one two"} == read(text)


@pytest.mark.parametrize("blank", ["", " ", " ~", " null", " # only a comment"])
def test_blank_in_yaml_means_absent(blank: str) -> None:
    """Nothing after the colon, `~` and `null` all mean that there is no value."""

    assert {"a": None, "b": "x"} == read(f"a:{blank}\nb: x\n")


def test_null_in_json_means_absent() -> None:
    """JSON's null is the same as a blank in YAML."""

    assert {"a": None} == read('{"a": null}', "x.json")


@pytest.mark.parametrize("word", ["~", "null", "Null"])
def test_quoted_blanks_are_text(word: str) -> None:
    """Quotes make a word of `null`."""

    assert {"a": word} == read(f'a: "{word}"\n')


def test_empty_text_is_the_same_in_all_three() -> None:
    """Whether JSON, YAML or Python says it, an empty text is the same thing."""
    in_json, in_yaml = read('{"a": ""}', "x.json"), read('a: ""\n')

    assert [in_json, in_json] == [in_yaml, plain(tree({"a": ""}).root)]


@pytest.mark.parametrize("text", ["", "\n", "# a comment\n", "---\n", "--- ~\n", "---\n...\n"])
def test_nothing_at_all_is_a_blank(text: str) -> None:
    """An empty YAML document is one blank value."""

    assert read(text) is None


@pytest.mark.parametrize("text", ["one", '"one"', "--- one\n", "%YAML 1.1\n--- one\n", "one\n...\n"])
def test_a_single_yaml_scalar_is_a_tree(text: str) -> None:
    """A document may be a single word, with or without its markers."""

    assert read(text) == "one"


def test_keys_are_text() -> None:
    """A key that looks like a number, a truth value or nothing is text too."""

    assert {"010": "a", "yes": "b", "~": "c", "": "d", "1.0": "e"} == read("010: a\nyes: b\n~: c\n'': d\n1.0: e\n")


# Encodings and line ends


@pytest.mark.parametrize("name", ["x.yaml", "x.json"])
def test_a_byte_order_mark_is_skipped(name: str) -> None:
    """A byte order mark in front, as some editors write it, is no part of the text."""
    text = '\ufeff{"a": "é"}'

    assert [{"a": "é"}, {"a": "é"}] == [read(text.encode(), name), read(text, name)]


def test_windows_line_ends() -> None:
    """CRLF ends a line in both formats, and is counted once."""
    in_yaml, in_json = "a: 1\r\nb:\r\n  c: 2\r\n", '{"a": 1,\r\n"b":\r\n{"c": 2}}\r\n'

    assert read(in_yaml) == read(in_json, "x.json") == {"a": "1", "b": {"c": "2"}}
    assert [3, 3] == [line_of(in_yaml, "b", "c"), line_of(in_json, "b", "c", name="x.json")]


def test_surrogate_pairs_in_json() -> None:
    """A pair of escapes in JSON is one character."""

    assert {"a": "😀é"} == read(r'{"a": "\ud83d\ude00\u00e9"}', "x.json")


def test_characters_beyond_the_basic_plane_in_yaml() -> None:
    """YAML takes every printable character as it is."""

    assert {"a": "😀", "b": "😀"} == read('a: 😀\nb: "\\U0001F600"\n')


@pytest.mark.parametrize("name", ["x.yaml", "x.json"])
def test_not_utf_8(name: str) -> None:
    """Bytes that are not UTF-8 are refused with their line."""
    expected = f"{name}:3: document: expected text in UTF-8, got byte 0xe9; save the file as UTF-8"

    assert expected == refusal(b"\n\n{a: caf\xe9}", name)


def test_utf_16_is_refused() -> None:
    """A file saved as UTF-16 is refused for its first byte."""

    assert "x.yaml:1: document: expected text in UTF-8, got byte 0xff; save the file as UTF-8" == refusal(
        b"\xff\xfea\0:\0"
    )


@pytest.mark.parametrize("name", ["x.yaml", "x.json"])
def test_nul(name: str) -> None:
    """A NUL character is refused with its line, before anything is parsed."""

    assert f"{name}:2: document: expected text, got a NUL character" == refusal('{"a":\n"\0"}', name)


@pytest.mark.parametrize("character", ["\x01", "\x07", "\x1b", "\x7f", "\ufffe"])
def test_control_characters_in_yaml_are_refused_with_their_line(character: str) -> None:
    """YAML forbids control characters; the fault says where one stands."""

    assert refusal(f"a: 1\nb: x{character}y\n").startswith("x.yaml:2: ")


@pytest.mark.parametrize("text", ["a: \ud800\n", '"\ud800"', "\ud83d\ude00: 1\n"])
def test_half_characters_in_yaml_text_are_refused(text: str) -> None:
    """Half of a surrogate pair, which only a Python str can hold, is a fault and no traceback."""

    assert refusal(text).startswith("x.yaml")


def test_control_characters_in_json_strings() -> None:
    """JSON asks for control characters to be escaped, and then keeps them."""

    assert {"a": "\x1b\n"} == read(r'{"a": "\u001b\n"}', "x.json")
    assert refusal('{"a": "x\ny"}', "x.json").startswith("x.json:1: a: expected JSON, got '\"x")


def test_messages_can_always_be_printed() -> None:
    """Line ends, escapes and half characters of a key do not reach the terminal in a message."""
    message = faults(r'{"a\u001b[31m\n\ud800": 1, "a\u001b[31m\n\ud800": 2}', "x.json")[0]

    assert [True] * 2 == [message.isprintable(), message.encode("utf-8", "replace") == message.encode()]


# Lines


def test_lines_in_yaml() -> None:
    """A value has the line of its key, or of its first character where it has no key."""
    text = "# made up\na:\n  b:\n    c\nd:\n- e\n-\n  f: >\n    g\n"
    found = [line_of(text, *steps) for steps in ([], ["a"], ["a", "b"], ["d", 0], ["d", 1], ["d", 1, "f"])]

    assert [2, 2, 3, 6, 8, 8] == found


def test_lines_in_json() -> None:
    """JSON values have lines too."""
    text = '\n{"a":\n  {"b":\n    1},\n"d": [\n"e",\n\n{"f": 2}]}'
    found = [
        line_of(text, *steps, name="x.json") for steps in ([], ["a"], ["a", "b"], ["d", 0], ["d", 1], ["d", 1, "f"])
    ]

    assert [2, 2, 3, 6, 8, 8] == found


def test_python_values_have_no_line() -> None:
    """What was never text has line 0."""
    root: Any = tree({"a": ["b"]}).root

    assert [0, 0, 0] == [root.line, root.value["a"].line, root.value["a"].value[0].line]


# Repeated keys


def test_repeated_keys_in_yaml() -> None:
    """Each repeated key is a fault with its path, its line and that of the first; the first value is kept."""
    text = "a: 1\nb: {c: 1, c: 2}\na: 3\n\na: 4\n"

    assert [
        "x.yaml:2: b.c: expected each key once, got a repeated key (first on line 2)",
        "x.yaml:3: a: expected each key once, got a repeated key (first on line 1)",
        "x.yaml:5: a: expected each key once, got a repeated key (first on line 1)",
    ] == faults(text)
    assert {"a": "1", "b": {"c": "1"}} == plain(parse(text).root)


def test_repeated_keys_in_json() -> None:
    """JSON keys repeat when they are equal after their escapes."""
    text = '{"l": [{"a": 1,\n"\\u0061": {"x": 2}}]}'

    assert ["x.json:2: l[0].a: expected each key once, got a repeated key (first on line 1)"] == faults(text, "x.json")
    assert {"l": [{"a": "1"}]} == plain(parse(text, "x.json").root)


def test_repeated_keys_are_told_along_with_a_refusal() -> None:
    """What was found before the text broke is told as well."""

    assert [
        "x.yaml:2: a: expected each key once, got a repeated key (first on line 1)",
        "x.yaml:3: b: expected a value without a tag, got the tag '!x'; leave it out",
    ] == refusal("a: 1\na: 2\nb: !x 3\n").split("\n")


# What YAML can do and a dossier cannot


@pytest.mark.parametrize(
    ("written", "tag"),
    [
        ("!!int 5", "tag:yaml.org,2002:int"),
        ("!!python/object/apply:os.system [x]", "tag:yaml.org,2002:python/object/apply:os.system"),
        ("! x", "!"),
        ("!own {}", "!own"),
        ("!<tag:own> []", "tag:own"),
    ],
)
def test_tags_are_refused(written: str, tag: str) -> None:
    """A tag is refused, whatever it stands before, and nothing of it is executed."""

    assert f"x.yaml:2: b: expected a value without a tag, got the tag {tag!r}; leave it out" == refusal(
        f"a: 1\nb: {written}\n"
    )


def test_tags_on_keys_are_refused() -> None:
    """A key has no tag either."""

    assert "x.yaml:1: document: expected a value without a tag, got the tag '!k'; leave it out" == refusal("!k a: 1\n")


def test_aliases_stand_for_what_was_anchored() -> None:
    """Text, lists and mappings can be repeated by alias."""
    text = "a: &t text\nb: &l [1, {x: 2}]\nc: &m {y: 3}\nd: [*t, *l, *m]\n"

    assert ["text", ["1", {"x": "2"}], {"y": "3"}] == read(text)["d"]


def test_an_anchor_can_be_given_anew() -> None:
    """An alias means the anchor that was defined last."""

    assert {"a": "1", "b": "1", "c": "2", "d": "2"} == read("a: &x 1\nb: *x\nc: &x 2\nd: *x\n")


def test_undefined_aliases() -> None:
    """An alias that leads nowhere is refused with its line and path."""

    assert "x.yaml:2: b[0]: expected an anchor defined above, got '*no'" == refusal("a: 1\nb: [*no]\n")


@pytest.mark.parametrize("text", ["a: &a\n  b: *a\n", "a: &a\n  [*a]\n", "&a\n- [{c: *a}]\n"])
def test_aliases_that_contain_themselves(text: str) -> None:
    """A value that contains itself is refused, however many levels lie between."""

    assert refusal(text).startswith("x.yaml:2: ")
    assert refusal(text).endswith("expected an alias to something else, got a value that contains itself")


def test_merge_keys_are_ordinary_keys() -> None:
    """`<<` merges nothing; it is a key, that its reader will not know."""

    assert {"a": {"x": "1"}, "b": {"<<": {"x": "1"}}} == read("a: &a {x: 1}\nb:\n  <<: *a\n")


def laughs(levels: int, leaf: str) -> str:
    """Write lists of ten aliases to lists of ten aliases."""
    lines = [f"l0: &l0 {leaf}"]
    lines += [f"l{i}: &l{i} [{', '.join([f'*l{i - 1}'] * 10)}]" for i in range(1, levels)]
    return "\n".join(lines)


@pytest.mark.parametrize("leaf", ["[]", "{}", "[lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"])
def test_a_billion_laughs_are_refused_at_once(leaf: str) -> None:
    """Aliases that multiply count as what they stand for, and cost nothing to refuse."""
    started = time.monotonic()
    message = refusal(laughs(10, leaf))

    assert message.endswith(BAD_NUMBER)
    assert time.monotonic() - started < SOON


@pytest.mark.parametrize("leaf", ["x", "{k: x}", "[x, ~]"])
def test_every_value_of_an_alias_counts(leaf: str) -> None:
    """A long list of words costs as many values wherever it is repeated, not one."""
    many = ", ".join([leaf] * 1000)

    assert refusal(f"a: &a [{many}]\nb:\n" + "- *a\n" * 1000).endswith(BAD_NUMBER)


def test_a_few_aliases_of_a_long_list_are_fine() -> None:
    """Aliases within the limit are read in full."""
    many = ", ".join(["x"] * 1000)

    assert 50 * 1000 == sum(map(len, read(f"a: &a [{many}]\nb:\n" + "- *a\n" * 50)["b"]))


@pytest.mark.parametrize("key", ["? [a]\n: 1", "? {a: b}\n: 1", "[a]: 1", "{a: b}: 1"])
def test_complex_keys(key: str) -> None:
    """A list or mapping as key is refused with its line."""

    assert "x.yaml:2: document: expected a word as key, got a mapping, a list or an alias" == refusal(f"x: 1\n{key}\n")


def test_aliases_as_keys() -> None:
    """An alias as key is refused, even if it stands for a word."""

    assert "x.yaml:2: document: expected a word as key, got a mapping, a list or an alias" == refusal(
        "x: &x 1\n*x : 1\n"
    )


def test_a_second_document() -> None:
    """One file holds one document."""

    assert "x.yaml:3: document: expected one document, got a second one after '---'" == refusal("a: 1\n\n---\nb: 2\n")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\n b: 2\n", 2),
        ("a: 1\nb: [1, 2\n", 3),
        ("a: 1\nb: 'x\n", 3),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 1\nb\n", 3),
        ("a: 1\nb: x: y\n", 2),
        ("a: 1\nb: @x\n", 2),
        ("a: 1\n- b\n", 2),
        ('a: 1\nb: "\\q"\n', 2),
        ("a: 1\nb: }\n", 2),
        ("%YAML 9.9\n---\na: 1\n", 1),
        ("a: 1\nb: !<x\n", 2),
        ("a: 1\nb: &\n", 2),
        ("a: 1\nb: *\n", 2),
    ],
)
def test_broken_yaml(text: str, line: int) -> None:
    """Broken YAML is refused with the line at which it breaks."""
    message = refusal(text)

    assert f"x.yaml:{line}: " == message[: len(f"x.yaml:{line}: ")]
    assert "expected YAML, got " in message


# JSON


@pytest.mark.parametrize("text", ["{}", " [ ]", "\n\t{,", "[1, 2]"])
def test_text_that_begins_like_json_is_read_as_json(text: str) -> None:
    """Without a name that says so, the first character decides."""
    as_json = refusal(text + "}", "x.json").replace("x.json", "x.txt")

    assert as_json == refusal(text + "}", "x.txt")


@pytest.mark.parametrize("name", ["x.json", "X.JSON", "a.b.Json"])
def test_the_name_decides_for_json(name: str) -> None:
    """A file named as JSON is JSON, and no YAML."""

    assert refusal("a: 1", name).startswith(f"{name}:1: document: expected JSON, got 'a'")


@pytest.mark.parametrize("text", ["1", '"x"', "true", "null", "[]", "{}", " \r\n[[], {}, [{}]] "])
def test_any_json_value_is_a_tree(text: str) -> None:
    """A JSON document may be any value."""

    assert plain(tree(json.loads(text)).root) == read(text, "x.json")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "1: document: expected a value, got the end"),
        (" \n ", "2: document: expected a value, got the end"),
        ("{", "1: document: expected a key in double quotes, got the end"),
        ("[", "1: [0]: expected a value, got the end"),
        ("[1", "1: [1]: expected ',' or ']', got the end"),
        ("[1,", "1: [1]: expected a value, got the end"),
        ("[1,]", "1: [1]: expected a value, got ']'"),
        ("[,1]", "1: [0]: expected a value, got ','"),
        ("[1 2]", "1: [1]: expected ',' or ']', got '2'"),
        ("[1\n}", "2: [1]: expected ',' or ']', got '}'"),
        ('{"a"}', "1: a: expected ':' after a key, got '}'"),
        ('{"a":}', "1: a: expected a value, got '}'"),
        ('{"a":1,}', "1: document: expected a key in double quotes, got '}'"),
        ('{"a":1 "b":2}', "1: document: expected ',' or '}', got '\"b\"'"),
        ('{"a"::1}', "1: a: expected a value, got ':'"),
        ("{1: 2}", "1: document: expected a key in double quotes, got '1'"),
        ("{[]: 2}", "1: document: expected a key in double quotes, got '['"),
        ("[] []", "1: document: expected the end of the text, got '['"),
        ("{}\n1", "2: document: expected the end of the text, got '1'"),
        ("]", "1: document: expected a value, got ']'"),
        ('["]"', "1: [1]: expected ',' or ']', got the end"),
        ('{"a": [1}', "1: a[1]: expected ',' or ']', got '}'"),
    ],
)
def test_json_that_is_not_well_formed(text: str, said: str) -> None:
    """Each mistake is told with its line, its path, and what belongs there."""

    assert f"x.json:{said}" == refusal(text, "x.json")


@pytest.mark.parametrize(
    "word",
    [
        "01",
        "1.",
        ".5",
        "+1",
        "-",
        "1e",
        "0x1",
        "1_000",
        "'a'",
        '"a',
        r'"\x"',
        r'"\u12"',
        '"\t"',
        "True",
        "None",
        "tru",
        "nulll",
        "yes",
        "//",
        "/**/1",
        "#1",
        "\x0b1",
        "\u00a01",
        "\uff11",
        "1a",
        "--1",
        "1.2.3",
        "1-2",
        "é",
    ],
)
def test_words_that_are_not_json(word: str) -> None:
    """What only looks like JSON is refused with its line and path."""
    message = refusal(f'{{"a": 1,\n"b": {word}}}', "x.json")

    assert message.startswith("x.json:2: b: expected JSON, got ")
    assert message.endswith("; check quotes, commas and brackets")


@pytest.mark.parametrize("word", ["NaN", "Infinity", "-Infinity", "nan", "inf", "-inf"])
def test_numbers_that_are_not_finite_in_json(word: str) -> None:
    """NaN and Infinity, which Python writes, are no JSON, and the message says so."""

    assert f"x.json:1: a: expected JSON, got {word!r}; only finite numbers can be read" == refusal(
        f'{{"a": {word}}}', "x.json"
    )


@given(json_values, st.booleans(), st.none() | st.integers(0, 3))
def test_json_reads_as_the_values_it_was_made_of(value: Any, escaped: bool, indent: int | None) -> None:  # noqa: FBT001 - drawn
    """Any JSON value gives the same tree from text as from Python."""
    text = json.dumps(value, ensure_ascii=escaped, indent=indent)

    assert plain(tree(value).root) == read(text, "x.json")


@given(text_trees)
def test_yaml_reads_as_the_text_it_was_made_of(value: Any) -> None:
    """Any tree of text gives the same tree from YAML as from Python."""

    assert plain(tree(value).root) == read(yaml.safe_dump(value, default_style='"'))


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    """No text raises anything but an `InputError`."""

    assert ["x.yaml", "x.json"] == [named(text, "x.yaml"), named(text, "x.json")]


@given(st.text(alphabet="[]{}:,-?&*a1!|>'\"#%~ \n\t\\", max_size=40))
def test_any_punctuation_is_read_or_refused(text: str) -> None:
    """No mixture of marks raises anything but an `InputError`."""

    assert ["x.yaml", "x.json"] == [named(text, "x.yaml"), named(text, "x.json")]


# Limits


def nested(levels: int, opening: str, closing: str) -> str:
    """Write lists or mappings inside one another."""
    return opening * levels + closing * levels


@pytest.mark.parametrize(("opening", "closing"), [("[", "]"), ('{"a":', "}")])
@pytest.mark.parametrize("name", ["x.json", "x.yaml"])
def test_depth_by_nesting(name: str, opening: str, closing: str) -> None:
    """So many levels are read, and one more is refused, as is a million."""
    start = "" if name == "x.json" else "--- "
    inner = "" if opening == "[" else "1"
    deepest = nested(MAX_DEPTH, opening, inner + closing).replace(closing + inner, closing)
    deeper = nested(MAX_DEPTH + 1, opening, inner + closing).replace(closing + inner, closing)

    assert read(start + deepest, name)
    for text in (deeper, opening * 200_000):
        assert refusal(start + text, name).endswith(BAD_LEVELS)


def test_depth_by_indentation() -> None:
    """Levels of block YAML count alike."""
    block = "\n".join(f"{' ' * i}a:" for i in range(MAX_DEPTH + 1))

    assert refusal(block + " {b: 1}\n").endswith(BAD_LEVELS)
    assert refusal("- " * 100_000).endswith(BAD_LEVELS)


@pytest.mark.parametrize("leaf", ["x", "[x]", "{k: x}", "[]"])
def test_depth_by_chained_aliases(leaf: str) -> None:
    """A chain of aliases is as deep as what it stands for, and refused where that would be."""
    own = {"x": 0}.get(leaf, 1)

    def chained(levels: int) -> str:
        return "\n".join([f"- &a0 {leaf}", *(f"- &a{i} [*a{i - 1}]" for i in range(1, levels + 1))])

    assert read(chained(MAX_DEPTH - 1 - own))
    assert refusal(chained(MAX_DEPTH - own)).endswith(BAD_LEVELS)


def test_depth_of_what_an_alias_stands_for() -> None:
    """The deepest branch of what an alias stands for counts, wherever the alias stands."""
    deep = nested(MAX_DEPTH - 2, "[", "]")

    assert read(f"a: &a [1, {deep}]\nb: *a\n")
    assert refusal(f"a: &a [1, {deep}]\nb: [*a]\n").endswith(BAD_LEVELS)


@pytest.mark.parametrize("data", [b"#" * (MAX_BYTES + 1), "#" * (MAX_BYTES + 1), ("é" * (MAX_BYTES // 2 + 1)).encode()])
def test_size(data: str | bytes) -> None:
    """A document of more bytes than the limit is refused before it is looked at."""

    assert "x.yaml: document: expected at most 2,097,152 bytes, got a larger document" == refusal(data)


def test_the_largest_document_is_read() -> None:
    """A document of exactly the limit is read."""

    assert {"a": "1"} == read("a: 1\n#" + "x" * (MAX_BYTES - 6))


@pytest.mark.parametrize("name", ["x.json", "x.yaml"])
def test_too_many_values(name: str) -> None:
    """As many values as the limit are read, and one more is refused."""
    start = "" if name == "x.json" else "--- "
    most = ",".join(["1"] * (MAX_NODES - 1))

    assert MAX_NODES - 1 == len(read(f"{start}[{most}]", name))
    assert refusal(f"{start}[{most},1]", name).endswith(BAD_NUMBER)


def test_too_many_python_values() -> None:
    """A Python tree has the same limit."""

    assert tree_refusal([0] * MAX_NODES).endswith(BAD_NUMBER)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": "' + "x" * 2_000_000,
        '{"a": ' + "1" * 2_000_000 + "x",
        '{"' + "k" * 1_400_000 + '": [' + ",".join(["[]"] * 190_000) + "]]",
        "[" + " " * 2_000_000,
        '{"a": "' + "\\n" * 1_000_000 + '"',
    ],
    ids=["open string", "long number", "long key above many lists", "spaces", "escapes"],
)
def test_hostile_json_is_refused_soon(text: str) -> None:
    """The time to refuse a document grows with its length and no faster; the message stays short."""
    started = time.monotonic()
    message = refusal(text, "x.json")

    assert time.monotonic() - started < SOON
    assert len(message) < 1000


# Files


def test_a_file_is_named_in_its_faults(tmp_path: Path) -> None:
    """What was read from a file has its path as name."""
    path = tmp_path / "a.yaml"
    path.write_bytes(b"a: 1\r\na: 2\r\n")

    assert [str(path)] * 2 == [read_document(path).name, read_document(str(path)).faults[0].file]


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("missing.yaml", "No such file or directory; mend the name, or give its whole path"),
        ("", "a folder; name a file in it"),
        ("x" * 300, "File name too long"),
    ],
)
def test_files_that_cannot_be_opened(tmp_path: Path, name: str, reason: str) -> None:
    """A file that is missing, a folder, or cannot be is a fault with the reason, and what to do."""
    path = tmp_path / name
    with pytest.raises(InputError) as caught:
        read_document(path)

    assert f"{path}: document: expected a file that can be read, got {reason}" == str(caught.value)


def test_a_path_that_no_file_can_have() -> None:
    """A NUL in a path is a fault too."""
    with pytest.raises(InputError) as caught:
        read_document("a\0b")

    assert [("", "a file that can be read", "embedded null byte")] == [
        (f.path, f.expected, f.got) for f in caught.value.faults
    ]


def test_a_file_that_is_too_large(tmp_path: Path) -> None:
    """No more of a file is read than shows that it is too large."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES * 1000)
    with pytest.raises(InputError) as caught:
        read_document(path)

    assert ["at most 2,097,152 bytes"] == [each.expected for each in caught.value.faults]


# Python values


def test_python_values_as_text() -> None:
    """Numbers, truth values and days become the text that a document would hold."""
    value = {"a": 1, "b": 2.5, "c": Decimal("2.50"), "d": True, "e": False, "f": dt.date(2026, 11, 1), "g": None}

    assert {"a": "1", "b": "2.5", "c": "2.50", "d": "true", "e": "false", "f": "2026-11-01", "g": None} == plain(
        tree(value).root
    )


def test_tuples_are_lists() -> None:
    """A tuple reads as a list."""

    assert [["1"], []] == plain(tree(((1,), ())).root)


@pytest.mark.parametrize("key", [1, None, True, 2.5, b"a", ("a",)])
def test_python_keys_must_be_text(key: object) -> None:
    """A key that is no text is refused, at the path of its mapping."""

    assert tree_refusal({"a": [{key: 1}]}).startswith("data: a[0]: expected text as key, got ")


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (b"x", "bytes"),
        (dt.datetime(2026, 11, 1, tzinfo=dt.UTC), "datetime"),
        (dt.time(1, 30), "time"),
        ({1, 2}, "set"),
        (1j, "complex"),
        (object(), "object"),
        (iter([]), "list_iterator"),
    ],
)
def test_python_values_that_no_document_holds(value: object, kind: str) -> None:
    """Bytes, moments, sets and the like are refused with their path and kind."""
    wanted = "text, a number, a truth value, a mapping or a list"

    assert f"data: a[1].b: expected {wanted}, got a {kind}" == tree_refusal({"a": [0, {"b": value}]})


def test_python_values_too_deep() -> None:
    """Lists inside one another, or in themselves, are refused like deep documents."""
    deep: list[object] = []
    for _ in range(100_000):
        deep = [deep]
    endless: dict[str, object] = {}
    endless["a"] = endless

    assert [True, True] == [tree_refusal(each).endswith(BAD_LEVELS) for each in (deep, endless)]


@pytest.mark.parametrize("number", [10**5000, -(10**5000)], ids=["positive", "negative"])
def test_python_numbers_of_thousands_of_digits(number: int) -> None:
    """A number too long to be written is a fault and no traceback."""
    with pytest.raises(InputError) as caught:
        clinic_from({"dossier": 1, "clinic": {"id": number}})
    assert [each.path for each in caught.value.faults] == ["clinic.id"]


@pytest.mark.parametrize("number", [float("nan"), float("inf"), float("-inf"), Decimal("NaN"), Decimal("sNaN")])
def test_numbers_that_are_not_finite_are_faults_of_their_field(number: object) -> None:
    """NaN and infinity in a Python tree are faults where a number is expected."""
    with pytest.raises(InputError) as caught:
        clinic_from({"dossier": 1, "clinic": {"id": "x"}, "ratings": [{"platform": "P", "mean": number, "count": 1}]})

    assert [("ratings[0].mean", "a number from 1 to 5", repr(str(number)))] == [
        (each.path, each.expected, each.got) for each in caught.value.faults
    ]


# --- places of faults


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("", 1),
        ("a", 2),
        ("a[0]", 3),
        ("a[0].b", 4),
        ("a[1]", 5),
        ("a[7]", 2),
        ("a[7].b", 2),
        ("a.b", 2),
        ("a[1].b", 5),
        ("a[1][0].c", 5),
        ("z[0]", 1),
    ],
)
def test_the_line_of_what_is_not_there_is_that_of_what_stands_around_it(path: str, line: int) -> None:
    """A fault is told as near as a reader can be led."""
    root = parse("# a comment\na:\n  - c: x\n    b: y\n  - word\n", "x.yaml").root
    root.line = 1

    assert line == line_of_path(root, path)


@attrs.frozen
class Range:
    """Two numbers of which the second is not below the first."""

    low: int = attrs.field(**fields.whole(0, 9))
    high: int = attrs.field(**fields.whole(0, 9))

    def __attrs_post_init__(self) -> None:
        if self.high < self.low:
            message = "a high from low on"
            raise ValueError(message)


def test_fields_that_contradict_each_other_are_a_fault_of_what_holds_them() -> None:
    """Where a class refuses values that each fit by themselves."""
    reading = Reading("x.yaml")
    read_two = Record(Range).read(parse("\nlow: 1\nhigh: 2\n", "x.yaml").root, "range", reading)
    wrong = Record(Range).read(parse("\nlow: 2\nhigh: 1\n", "x.yaml").root, "range", reading)

    assert Range(1, 2) == read_two
    assert wrong is INVALID
    assert ["x.yaml:2: range: expected a high from low on, got what stands here"] == list(map(str, reading.faults))
