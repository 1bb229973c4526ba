"""What a paraphrase holds that its quote does not: numbers, odds, and copied words.

Rules, no model, and strict on purpose: a number that is dropped in error costs a person
a line; one that slips through looks as if the text had said it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from detente.sources.anchors.fingerprints import fold
from detente.sources.marks.wording import PhraseList, phrases, words_of

MOST_COPIED = 7  # words in a row that a paraphrase may share with the text

_UNITS = phrases(
    "zero | one | two | three | four | five | six | seven | eight | nine | ten | eleven | twelve | "
    "thirteen | fourteen | fifteen | sixteen | seventeen | eighteen | nineteen"
)
_TENS = phrases("twenty | thirty | forty | fifty | sixty | seventy | eighty | ninety")
_COUNTED = phrases("hundred | thousand | million | billion | trillion | dozen")
_VALUES = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: 10 * tens for tens, word in enumerate(_TENS, start=2)},
    "both": 2, "pair": 2, "couple": 2, "twice": 2, "thrice": 3,
}  # fmt: skip
_AMOUNTS = {
    **{word: word for word in _COUNTED},
    **{f"{word}s": word for word in _COUNTED},
    "half": "half", "halves": "half", "thirds": "third", "quarters": "quarter",
    "fifths": "fifth", "tenths": "tenth",
}  # fmt: skip
_NUMBER_OR_WORD = re.compile(r"\d+(?:[.,'’]\d+| \d{3}(?!\d))*|[^\W\d_]+")  # noqa: RUF001 -- an apostrophe
_ODDS = PhraseList[str](
    (phrases("likely | likelier | likeliest | likelihood"), "likely"),
    (phrases("unlikely | unlikelier | unlikelihood"), "unlikely"),
    (phrases("probable | probably | probability | probabilities"), "probable"),
    (phrases("improbable | improbably | improbability"), "improbable"),
    (phrases("chance | chances"), "chance"),
    (phrases("odds | odds-on | even money | toss-up | coin flip | coin toss"), "odds"),
    (phrases("certainly | certainty | almost certain | nearly certain | all but certain"), "sure"),
    (phrases("per cent | percent | percentage | percentages | pct | percentile"), "%"),
)


def invents(says: str, quote: str) -> bool:
    """Whether ``says`` gives a number, a share or a word of likelihood that ``quote`` does not."""
    return not _figures(says) <= _figures(quote)


def _figures(text: str) -> set[str]:
    """Numbers as digits, amounts and odds as words. The word "one" counts for nothing."""
    plain = unicodedata.normalize("NFKC", text)
    apart = plain.replace("-", " ").replace("\u2010", " ")
    odds = {found.value for form in (plain, apart) for found in _ODDS.find(words_of(form))}
    signs = {"%" for char in plain if char in "%‰"}
    other = {char for char in plain if char.isnumeric() and not char.isdecimal()}
    return odds | signs | other | set(_numbers(apart))


def _numbers(text: str) -> Iterator[str]:
    tens = 0  # of "twenty", until it is known whether "one" follows
    for found in _NUMBER_OR_WORD.finditer(text.lower()):
        word = found[0]
        value = _VALUES.get(word)
        if tens:
            follows = value is not None and value < 10
            yield str(tens + (value or 0) if follows else tens)
            tens = 0
            if follows:
                continue
        if word in _TENS:
            tens = _VALUES[word]
        elif value is not None and word != "one":
            yield str(value)
        elif word in _AMOUNTS:
            yield _AMOUNTS[word]
        elif word[0].isdecimal():
            yield "".join(str(int(char)) for char in word if char.isdecimal())
    if tens:
        yield str(tens)


def copies(says: str, passage: str) -> bool:
    """Whether eight words in a row of ``says`` stand so in ``passage``, whatever the signs."""
    said, most = _plain_words(says), MOST_COPIED + 1
    if len(said) < most:
        return False
    source = f" {' '.join(_plain_words(passage))} "
    runs = (said[at : at + most] for at in range(len(said) - MOST_COPIED))
    return any(f" {' '.join(run)} " in source for run in runs)


def _plain_words(text: str) -> list[str]:
    return [word.low for word in words_of(fold(text)) if not word.is_sign]
