"""What people and programs send that nobody thought of."""

from __future__ import annotations

SURROGATE = b"%ED%A0%80"  # a lone surrogate, as a browser that encodes it wrongly would send it
NOT_UTF8 = b"caf%E9"

# Into every field and parameter.
ANYTHING = {
    "nothing": "",
    "an answer that is none": "no such choice",
    "blanks": " \t\r\n\u3000",
    "100 kB": "long word " * 10_000,
    "NUL": "a\0b",
}

DATES = {
    "year 0": "0000-01-01",
    "the first day": "0001-01-01",
    "the last day": "9999-12-31",
    "year 10000": "10000-01-01",
    "no such day": "2026-02-30",
    "other digits": "٢٠٢٦-١١-٢٠",
    "a huge year": "9" * 5_000 + "-01-01",
}

NUMBERS = {
    "0": "0",
    "minus one": "-1",
    "2**31": str(2**31),
    "2**63": str(2**63),
    "5,000 digits": "9" * 5_000,
    "a fraction": "1.5",
    "an exponent": "1e400",
    "a zero with an exponent": "0e999999999",
    "NaN": "NaN",
    "other digits": "٣",
    "a superscript": "²",
}

HIDDEN = {
    "a long path": "/" + "a" * 20_000,
    "another site": "//example.com/",
    "a line break": "/journal/\r\nX-Planted: 1",
    "a list": "[1]",
    "an object": '{"id": 1}',
    "null": "null",
    "a number that is none": "NaN",
    "5,000 digits": "9" * 5_000,
    "a deep list": "[" * 50_000,
}

# In place of the last part of an address.
KEYS = {
    "0": "0",
    "minus one": "-1",
    "2**63": str(2**63),
    "5,000 digits": "9" * 5_000,
    "other digits": "%D9%A3",
    "NUL": "1%00",
    "a lone surrogate": "%ED%A0%80",
    "not UTF-8": "caf%E9",
    "a word": "one",
    "a path": "..%2F..%2Fetc%2Fpasswd",
    "an empty part": "/",
    "a line break": "1%0D%0AX-Planted:%201",
    "a semicolon": "1;DROP",
}

# What may be written, and comes back exactly as it was typed.
NAUGHTY = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror='alert(1)'>",
    "</textarea></title></script><svg/onload=alert(1)>",
    "javascript:alert(1)",
    "<!--#exec cmd='ls'--><![CDATA[x]]>",
    "<div hx-get='/admin/' hx-trigger='load'>",
    "{{ user.password }} {% debug %} {# x #}",
    "${7*7} #{7*7} %{7*7} <%= 7*7 %>",
    "%(name)s %s %d %n {0} {name} {}",
    "'; DROP TABLE journal_entry; --",
    '" OR ""="',
    "1' UNION SELECT password FROM people_engineer --",
    "100 % _ \\ \\% \\_ [a-z]*",
    "=1+2",
    '=HYPERLINK("http://example.com";"x")',
    "+1 -1 @SUM(1;1)",
    "a, b; c | d, \"e\" 'f'",
    "&amp; &lt; &#39; &nbsp; &",
    "back\\slash \\n \\x00 \\u0000 C:\\nul",
    "../../../etc/passwd",
    "null None undefined NaN true -0",
    "a\tb",
    "a\r\nSet-Cookie: planted=1\r\n\r\n<b>b</b>",
    "one\nline\r\nand another",
    "Zażółć gęślą jaźń, ŐŰ, ß ẞ, İstanbul ıI",
    "Ψηφιακή Цифровая 数字化 デジタル 디지털 ดิจิทัล",
    "مرحبا בעולם mixed with latin",
    "\u202eright to left override\u202c",
    "\u2066isolated\u2069 \u200fmarked",
    "a\u200bb\u200cc\u200dd\ufeffe\u2060f",
    "Z\u0351\u036b\u0343\u036a\u0302a\u0362\u0316\u0353l\u0334\u034fg\u031bo\u0355\u0349",
    "e\u0301 é (two ways to write it)",
    "👩‍👩‍👧‍👦 👍🏽 🏳️‍🌈 🇪🇺 1️⃣",
    "𝔘𝔫𝔦𝔠𝔬𝔡𝔢 ＦＵＬＬ Ⅻ ﬁ ǅ",
    "\U0010fffd \ufffd \ufffe \U000e0041",
    "\x01\x02\x07\x08\x1b[31mred\x7f\x85",
    "line\u2028and\u2029paragraph",
    "раураl (letters that look like others)",
    "¯\\_(ツ)_/¯ ಠ_ಠ",
    "… “quoted” — ‘dashed’ № ½ ² ∞ ≠",
    "a" * 150,
]
