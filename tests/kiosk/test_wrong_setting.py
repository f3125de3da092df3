"""What a person reads of a setting that cannot be used: never the words of the program's own checks."""

import msgspec
import pytest

from kiosk.config import BadSetting, Config, Place, parse
from kiosk.wrong_setting import TAKES

TABLES = {name: facts for name, facts in msgspec.to_builtins(Config()).items() if name != "ports"}
NAMES = [
    *(name for name in TABLES if not isinstance(TABLES[name], dict)),
    *(f"{table}.{name}" for table, facts in TABLES.items() if isinstance(facts, dict) for name in facts),
]  # fmt: skip
TOO_MUCH = "[[1]]"  # nothing takes a list of lists


def test_each_setting_has_its_words():
    assert set(TAKES) == {*NAMES, *Config.__struct_fields__}


@pytest.mark.parametrize("name", NAMES)
def test_a_setting_that_cannot_be_used_is_named_with_what_it_takes(tmp_path, name):
    table, _, field = name.rpartition(".")
    text = f"[{table}]\n{field} = {TOO_MUCH}" if table else f"{field} = {TOO_MUCH}"
    with pytest.raises(BadSetting) as error:
        parse(text, Place(tmp_path).settings)
    assert error.value.why == f"{name} takes {TAKES[name]}"


@pytest.mark.parametrize("text", ["ports = 1", "[ports]\nrfid = 'x'", "[ports]\nrdm6300 = 3"])
def test_ports_that_cannot_be_used_are_named_with_what_there_is(tmp_path, text):
    with pytest.raises(BadSetting) as error:
        parse(text, Place(tmp_path).settings)
    assert error.value.why == f"ports takes {TAKES['ports']}"


@pytest.mark.parametrize("table", ["printer", "sound"])
def test_a_word_where_a_table_belongs_is_said_so(tmp_path, table):
    with pytest.raises(BadSetting) as error:
        parse(f"{table} = 'x'", Place(tmp_path).settings)
    assert error.value.why == f"{table} takes a table [{table}]"
