"""Texts that break screens, files and logs elsewhere; each has a name that says what it is."""

TEXTS = {
    "marks that turn the direction": "\u202eTom\u00e1s\u202c \u200fHerrero\u2067 x\u2069\u061c",
    "right to left, and Latin within": "\u0645\u062d\u0645\u062f Ana (12) \u0627\u0644\u0639\u0631\u0628\u064a",
    "emoji that are one family": "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466 Ana \U0001f350\U0001f3f3\ufe0f\u200d\U0001f308",
    "ten thousand letters": "Ana " + "x" * 10_000,
    "ten thousand words": "pan y " * 1_700,
    "null bytes": "Ana\0\0 Garc\0ia",
    "control signs": "Ana\x1b[31m\x07\x08\r\n\tG\x7f\x9c",
    "marks upon marks": "a" + "\u0301\u0323" * 300 + " Garc\u00eda",
    "nothing to be seen": "\u200b\u200d\ufeff\u2060\u00ad",
    "markup and holes for facts": "[b]Ana[/b] [ref=x] &amp; {name} {0} %(x)s %s",
    "scripts without a font": "\U00010330\U00010331 \u1a20\u1a21 \U0001e900 Ana",
    "not a sign at all": "Ana \ufffe\uffff \U0010ffff G",
}  # fmt: skip
