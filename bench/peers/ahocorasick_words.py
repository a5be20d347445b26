#!/usr/bin/env python3
"""ahocorasick_words.py LEXICON.tsv CORPUS OUT.csv: all entries in one Aho-Corasick automaton over the turn's words with a
separator around each. Every match counts: the automaton knows of no overlap."""
import csv
import re
import sys
from collections import defaultdict

import ahocorasick

WORD = re.compile(r"\w+(?:['’]\w+)*")
SEPARATOR = "\x1f"


def key_of(entry):
    """A glob is open at its star; everything else ends where a word does."""
    head = "" if entry.startswith("*") else SEPARATOR
    tail = "" if entry.endswith("*") else SEPARATOR
    return head + entry.strip("*").replace(" ", SEPARATOR) + tail


def main():
    of_key = defaultdict(set)
    markers = []
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            marker, entry = line.rstrip("\n").split("\t")
            if marker not in markers:
                markers.append(marker)
            of_key[key_of(entry)].add(marker)
    automaton = ahocorasick.Automaton()
    for key, found in of_key.items():
        automaton.add_word(key, tuple(found))
    automaton.make_automaton()

    counts = defaultdict(lambda: defaultdict(int))
    totals = defaultdict(int)
    with open(sys.argv[2], encoding="utf-8") as lines:
        for line in lines:
            speaker, text = line.split(": ", 1)
            tokens = WORD.findall(text.lower())
            totals[speaker] += len(tokens)
            own = counts[speaker]
            for _, found in automaton.iter(SEPARATOR + SEPARATOR.join(tokens) + SEPARATOR):
                for marker in found:
                    own[marker] += 1
    with open(sys.argv[3], "w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(["speaker", "marker", "count", "tokens"])
        for speaker, total in totals.items():
            for marker in markers:
                rows.writerow([speaker, marker, counts[speaker][marker], total])


main()
