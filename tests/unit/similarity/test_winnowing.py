"""Winnowing: what it guarantees, for any words."""

from hypothesis import given
from hypothesis import strategies as st

from autograder.similarity.winnowing import Winnowing, Word
from autograder.similarity.words import SEQUENCES, words_of

WORDS = st.lists(st.sampled_from("abcdefgh"), max_size=30)
WINNOWING = Winnowing(run=4, window=3, shortest=2)


def prints(words):
    sequence = [Word(text, place, place + 1) for place, text in enumerate(words)]
    return WINNOWING.fingerprints([sequence])


@given(WORDS, WORDS, WORDS, WORDS, st.lists(st.sampled_from("abcdefgh"), min_size=6, max_size=12))
def test_a_shared_part_of_run_and_window_words_shares_a_fingerprint(a, b, c, d, shared):
    assert prints(a + shared + b).keys() & prints(c + shared + d).keys()


@given(WORDS)
def test_a_fingerprint_is_the_words_at_its_place(words):
    for key, spans in prints(words).items():
        assert all(" ".join(words[start:end]) == key for start, end in spans)


def test_a_short_sequence_has_one_fingerprint_or_none():
    assert list(prints("abc")) == ["a b c"]
    assert list(prints("a")) == []


def test_no_fingerprint_crosses_two_sequences():
    first, second = ([Word(text, 0, 1) for text in part] for part in ("abcd", "efgh"))
    assert set(WINNOWING.fingerprints([first, second])) == {"a b c d", "e f g h"}


def word_fingerprints(text):
    return SEQUENCES.fingerprints(words_of(text))


def test_words_are_compared_without_case_punctuation_and_markup():
    text = "**The loss** falls *slowly*, because the rate (0.01) is low; it doesn’t diverge."
    same = "the loss falls slowly because the rate 0.01 is low it doesn't diverge"
    assert word_fingerprints(text).keys() == word_fingerprints(same).keys()
    assert len(word_fingerprints(text)) == 9
    assert not word_fingerprints("too short an answer")
