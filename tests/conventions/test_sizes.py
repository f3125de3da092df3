"""Functions fit on a screen, modules in a head: the bound is on the longest, not on the middle."""

from statistics import quantiles

from tests.conventions.tree import body_lines, functions, modules, name

LONGEST_FUNCTION = 40
LONGEST_MODULE = 300
P95_FUNCTION = 25


def test_no_function_is_longer_than_a_screen():
    too_long = {
        f"{name(path)}:{function.lineno} {function.name}": body_lines(function)
        for path in modules("sync", "kiosk", "deploy")
        for function in functions(path)
        if body_lines(function) > LONGEST_FUNCTION
    }
    assert not too_long


def test_nineteen_functions_of_twenty_are_short():
    lengths = [body_lines(f) for path in modules("sync", "kiosk") for f in functions(path)]
    assert quantiles(lengths, n=20)[-1] <= P95_FUNCTION


def test_no_module_is_longer_than_a_head_can_hold():
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert not {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE}


def test_every_folder_of_code_is_a_package_that_the_import_linter_sees():
    bare = {path.parent for path in modules("sync", "kiosk")}
    assert not [name(folder) for folder in bare if not (folder / "__init__.py").exists()]
