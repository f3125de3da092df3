"""Records as any node may send them: every rule letter, proofs, erasures, nonsense."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from sync.merge import WireRecord, canonical, versions

FIELDS = ("title.en", "title.es", "heads", "confirmed", "person", "from_tomorrow", "*")
READINGS = tuple(
    f"{ms:012x}-{count:04x}-{node}"
    for ms in (0, 5, 0x199C7A1B2C3)
    for count in (0, 1)
    for node in ("0000aaaa", "0000bbbb")
)
PROOFS = ("~2:5be1c2a97d0e43f1", "~1:00")

texts = st.text(alphabet=st.characters(), max_size=4)  # half surrogate pairs are among them
numbers = st.sampled_from([0, 1, 2, -1, 1.0, 0.5, -0.0, True, False, 2**60, -(2**53) - 1])
plain = st.one_of(st.none(), numbers, texts)
values = st.recursive(
    plain,
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(texts, inner, max_size=2)),
    max_leaves=4,
)


@st.composite
def stamps(draw: st.DrawFn) -> str:
    """A stamp: letter, reading, and on a server's a proof; rarely a letter nobody knows."""
    letter = draw(st.sampled_from("lohLOHlohLOH?"))
    proof = draw(st.sampled_from(PROOFS)) if letter.isupper() and draw(st.booleans()) else ""
    return letter + draw(st.sampled_from(READINGS)) + proof


@st.composite
def live_records(draw: st.DrawFn) -> WireRecord:
    """A record with some of the fields, some erased, some under ``"*"``."""
    names = draw(st.lists(st.sampled_from(FIELDS), unique=True))
    fields: dict[str, Any] = {name: draw(values) for name in names}
    listed: dict[str, str] = {name: draw(stamps()) for name in names if draw(st.booleans())}
    gone = [name for name in names if draw(st.integers(0, 5)) == 0]
    fields |= dict.fromkeys(gone)
    listed |= dict.fromkeys(gone, "x")
    return {"kind": "visit", "id": "v", "fields": fields, "stamps": {"*": draw(stamps()), **listed}}


def records() -> st.SearchStrategy[WireRecord]:
    """A record, seldom one that was erased as a whole."""
    erased = st.sampled_from(READINGS).map(lambda r: {"kind": "visit", "id": "v", "erased": r})
    return st.one_of(*[live_records()] * 4, erased)


def same(body: WireRecord) -> Any:
    """A record for comparing: expanded, values as canonical JSON (1 and 1.0 are one number)."""
    if "erased" in body:
        return body
    return {
        name: (version.rule, version.stamp, canonical(version.value))
        for name, version in versions(body).items()
    }
