"""What the kiosk says in each language, and that it says everything in each."""

import ast
import datetime as dt
import re
from pathlib import Path

import pytest

from kiosk.ui.catalogues import compiled, keys, po_files, sorted_text
from kiosk.ui.words import Words, languages

ROOT = Path(__file__).parents[3]
MONDAY = dt.date(2026, 11, 23)
KEY = re.compile(r"^[a-z_]+(\.[a-z_0-9]+)+$")
SAYING = {"say", "count", "said"}
SAME_FACT = {"tone": "colour"}  # a colour in the form that follows a noun


def by_language(po):
    return po.parents[1].name


@pytest.mark.parametrize("po", po_files(), ids=by_language)
def test_the_compiled_catalogue_is_that_of_the_written_one(po):
    assert po.with_suffix(".mo").read_bytes() == compiled(po), "python -m kiosk.ui.catalogues"


@pytest.mark.parametrize("po", po_files(), ids=by_language)
def test_a_catalogue_is_kept_in_alphabetical_order(po):
    assert po.read_bytes() == sorted_text(po), "python -m kiosk.ui.catalogues"


def test_each_key_is_said_in_every_language():
    said = {by_language(po): keys(po) for po in po_files()}
    assert said["en"] == said["es"]


def said_in_kv():
    """Keys after ``say:`` (or in a call of words.say) of every kv file."""
    for kv in sorted((ROOT / "kiosk").rglob("*.kv")):
        for line in kv.read_text(encoding="utf-8").splitlines():
            code = line.split("#")[0]
            if re.search(r"\bsay\w*\s*:|\.say\(|\.count\(", code):
                for key in re.findall(r'"([^"]*)"', code):
                    if KEY.match(key):
                        yield key, f"{kv.name}: {line.strip()}"


def said_in_python():
    """Keys given to ``say``, ``count`` or ``said``, as argument, keyword or class attribute."""
    for path in sorted((ROOT / "kiosk").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            for value in _sayings(node):
                if isinstance(value, ast.Constant) and KEY.match(str(value.value)):
                    yield value.value, f"{path.name}:{value.lineno}"


def _sayings(node):
    if isinstance(node, ast.Call):
        name = getattr(node.func, "attr", getattr(node.func, "id", ""))
        if name in SAYING:
            yield from node.args
        yield from (k.value for k in node.keywords if k.arg and k.arg.startswith("say"))
    if isinstance(node, ast.Assign) and any(getattr(t, "id", "") == "say" for t in node.targets):
        yield node.value
    if isinstance(node, ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        yield from (v for k, v in pairs if getattr(k, "value", None) == "say")


@pytest.mark.parametrize("po", po_files(), ids=by_language)
def test_everything_that_is_said_on_a_screen_has_words(po):
    known = keys(po)
    missing = {where: key for key, where in [*said_in_kv(), *said_in_python()] if key not in known}
    assert missing == {}


@pytest.mark.parametrize("lang", languages())
def test_every_language_says_the_same_facts_in_each_sentence(lang):
    for key in keys(po_files()[0]):
        assert facts_of(Words(lang), key) == facts_of(Words("en"), key), key


def facts_of(words, key):
    """Names in braces; a singular may say "one" instead of {n}."""
    many = words._catalogue.ngettext(key, key, 2)
    plain = words._catalogue.gettext(key)
    found = set(re.findall(r"{(\w+)}", many if many != key else plain)) - {"n"}
    return {SAME_FACT.get(fact, fact) for fact in found}


MANY_SPOKEN_TO = re.compile(r"\b(vuestr\w+|vosotr\w+|\w+áis|\w+éis|sois|os|(eleg|prob|avis|"
                            r"pregunt|acerc|escrib|habl|ped|toc|decid|entr)[aei]d(l[aeo]s?)?)\b", re.IGNORECASE)  # fmt: skip


def test_spanish_speaks_to_one_person_or_to_nobody_in_particular():
    words = Words("es")
    said = {key: f"{words.say(key)} {words.count(key, 2)}" for key in keys(po_files()[0])}
    many = {key: text for key, text in said.items() if MANY_SPOKEN_TO.search(text)}
    assert many == {}


def test_a_sentence_is_said_with_its_facts():
    assert Words("en").say("page.of", page=1, pages=2) == "Page 1 of 2"
    assert Words("es").say("page.of", page=1, pages=2) == "Página 1 de 2"


def test_a_missing_fact_leaves_the_sentence_on_the_screen():
    assert Words("en").say("page.of", page=1) == "Page 1 of {pages}"


def test_one_and_many_are_counted_as_the_language_does():
    words = Words("es")
    assert words.count("press.hold_left", 1) == "No sueltes: 1 segundo más"
    assert words.count("press.hold_left", 2) == "No sueltes: 2 segundos más"


def test_a_language_without_a_catalogue_speaks_english_and_keeps_its_code():
    words = Words("uk")
    assert words.say("act.back") == "Back" and words.lang == "uk" and words.day(MONDAY)


def test_days_are_said_as_people_say_them():
    assert Words("en").day(MONDAY) == "Monday 23 November"
    assert Words("es").day(MONDAY) == "lunes 23 de noviembre"
    assert Words("en").day(MONDAY, "least") == "23 Nov"
    assert Words("es").day(MONDAY, "short") == "lun 23 nov"


def test_a_weekday_is_named_whole_or_short():
    assert Words("es").weekday(MONDAY) == "lunes" and Words("en").weekday(MONDAY, "short") == "Mon"


@pytest.mark.parametrize(
    ("ahead", "said"),
    [(0, "today"), (1, "tomorrow"), (2, "Wednesday"), (6, "Sunday"), (7, "Mon 30 Nov")],
)
def test_a_near_day_is_said_by_how_near_it_is(ahead, said):
    assert Words("en").near_day(MONDAY + dt.timedelta(days=ahead), MONDAY) == said


def test_a_day_that_is_past_has_its_date():
    assert Words("en").near_day(MONDAY - dt.timedelta(days=1), MONDAY) == "Sun 22 Nov"


def test_times_have_two_digits_each():
    assert Words("en").clock(dt.time(9, 5)) == "09:05"


def test_a_text_is_read_in_the_readers_language_first():
    texts = {"en": "Pears", "es": "Peras"}
    assert Words("es").pick(texts, "en") == ("Peras", "es")


def test_without_it_in_the_authors_and_that_is_said():
    texts = {"es": "Peras", "ca": "Peres"}
    assert Words("en").pick(texts, "es") == ("Peras", "es")
    assert Words("en").picked(texts, "es") == "Peras (in Spanish)"


def test_an_empty_text_is_no_text():
    assert Words("en").pick({"en": "", "es": "Peras"}) == ("Peras", "es")
    assert Words("en").pick({}) == ("", "") and Words("en").picked({}) == ""


def test_a_language_calls_itself_by_its_own_name():
    assert Words("en").own_name("es") == "Español" and Words("es").own_name("en") == "English"
    assert Words("en").language("xx-strange") == "xx-strange"


def test_names_in_a_row_end_with_and():
    assert Words("en").list_(["Ana", "Luis", "Vera"]) == "Ana, Luis and Vera"
    assert Words("es").list_(["Ana", "Luis"]) == "Ana y Luis"
    assert Words("en").list_(["Ana"]) == "Ana" and Words("en").list_([]) == ""


def test_two_of_one_language_are_the_same():
    assert Words("en") == Words("en") != Words("es") and len({Words("en"), Words("en")}) == 1


def test_a_key_is_known_where_it_has_words():
    assert Words("en").has("act.back") and not Words("en").has("no.such_key")
    assert Words("en").say("") == ""
