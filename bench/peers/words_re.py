#!/usr/bin/env python3
"""words_re.py LEXICON.tsv CORPUS OUT.csv: words by a regular expression, entries in dicts, each word looked up once."""
import csv
import re
import sys
from collections import defaultdict

WORD = re.compile(r"\w+(?:['’]\w+)*")


def read_lexicon(name):
    """Words, beginnings, endings and phrases, each with its markers; and all markers."""
    tables = defaultdict(set), defaultdict(set), defaultdict(set), defaultdict(set)
    words, heads, tails, phrases = tables
    markers = []
    with open(name, encoding="utf-8") as lines:
        for line in lines:
            marker, entry = line.rstrip("\n").split("\t")
            if marker not in markers:
                markers.append(marker)
            if " " in entry:
                phrases[tuple(entry.split(" "))].add(marker)
            elif entry.startswith("*"):
                tails[entry[1:]].add(marker)
            elif entry.endswith("*"):
                heads[entry[:-1]].add(marker)
            else:
                words[entry].add(marker)
    return tables, markers


class Types(dict):
    """Markers of each word, found when it is first asked for."""

    def __init__(self, words, heads, tails):
        super().__init__()
        self.words, self.heads, self.tails = words, heads, tails

    def __missing__(self, word):
        found = set(self.words.get(word, ()))
        for i in range(len(word)):
            found |= self.heads.get(word[: i + 1], set())
            found |= self.tails.get(word[i:], set())
        self[word] = tuple(found)
        return self[word]


def count_turn(tokens, types, phrases, openers, counts):
    """Within a marker a phrase beats the words in it, and the left one of two phrases the right."""
    single, ended = {}, {}
    before = None
    for place, word in enumerate(tokens):
        if before in openers:
            for marker in phrases.get((before, word), ()):
                if ended.get(marker) == place - 1:
                    continue
                if single.get(marker) == place - 1:
                    counts[marker] -= 1
                counts[marker] += 1
                ended[marker] = place
        for marker in types[word]:
            if ended.get(marker) != place:
                counts[marker] += 1
                single[marker] = place
        before = word


def main():
    (words, heads, tails, phrases), markers = read_lexicon(sys.argv[1])
    phrases = dict(phrases)
    types = Types(words, heads, tails)
    openers = {phrase[0] for phrase in phrases}
    counts = defaultdict(lambda: defaultdict(int))
    totals = defaultdict(int)
    with open(sys.argv[2], encoding="utf-8") as lines:
        for line in lines:
            speaker, text = line.split(": ", 1)
            tokens = WORD.findall(text.lower())
            totals[speaker] += len(tokens)
            count_turn(tokens, types, phrases, openers, counts[speaker])
    with open(sys.argv[3], "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["speaker", "marker", "count", "tokens"])
        for speaker, total in totals.items():
            for marker in markers:
                rows.writerow([speaker, marker, counts[speaker][marker], total])


main()
