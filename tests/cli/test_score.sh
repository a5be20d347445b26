. "$PROJECT/tests/cli/lib.sh"
make_study

it "score FILE alone works: the language is detected, the built-in lexicon is used"
attune score "$PROJECT/examples/peer-support/transcripts/harbour-01-before.txt"
code_is 0
out_has 'harbour-01-before/Adele'

it "without -o: speaker scores as CSV on stdout, nothing on stderr"
attune score --study study.yml
code_is 0
err_empty
out_lines 5
is "$(head -n 1 out | cut -d, -f1)" speaker
for name in speaker period role tokens turns balance balance_lo balance_hi rate_tech rate_app; do
    head -n 1 out | tr , '\n' | grep -qx "$name" || fail "speakers.csv has no column $name: $(head -n 1 out)"
done
for name in 'Ines Faro' 'Omar Lind'; do out_has "$name"; done

it "counts are right"
attune score --study study.yml --table scores
code_is 0
for name in speaker period marker tokens hits hits_used hits_mentioned hits_negated hits_reported weighted covered_tokens \
    covered_percent rate rate_lo rate_hi dispersion cluster clusters turns note; do
    head -n 1 out | tr , '\n' | grep -qx "$name" || fail "scores.csv has no column $name: $(head -n 1 out)"
done
paste -d, <(column speaker out) <(column period out) <(column marker out) <(column tokens out) <(column hits out) \
    <(column covered_tokens out) <(column turns out) | grep -E ',(tech|app),' | LC_ALL=C sort >counts
cat >expected <<'END'
Ines Faro,after,app,9,2,3,1
Ines Faro,after,tech,9,0,0,1
Ines Faro,before,app,15,1,1,2
Ines Faro,before,tech,15,4,5,2
Omar Lind,after,app,5,0,0,1
Omar Lind,after,tech,5,1,1,1
Omar Lind,before,app,10,2,3,1
Omar Lind,before,tech,10,0,0,1
END
same counts expected

it "zero hits have a row too, poles and parents as well"
out_has pole.technical
out_has pole.appreciative

it "-o writes the four files, says so in one line, and keeps stdout empty"
attune score --study study.yml -o results
code_is 0
out_empty
is "$(wc -l <err)" 1
err_has '2 transcripts, 2 speakers, 5 turns, 39 tokens, 10 hits, 0 skipped; results in results'
is "$(LC_ALL=C ls results | tr '\n' ' ')" 'manifest.json scores.csv speakers.csv tallies.att '

it "results are for their owner only: files 0600, folders 0700, also the parents that are made"
(umask 000 && "$ATTUNE" score --study study.yml -o private/deep -l lexicon.yml 2>/dev/null)
is "$(stat -c %a private private/deep | tr '\n' ' ')" '700 700 '
is "$(stat -c %a private/deep/* | sort -u)" 600

it "what -o writes is what stdout shows"
attune score --study study.yml
same out results/speakers.csv
attune score --study study.yml --table scores
same out results/scores.csv

it "-o with --as or --table writes and prints"
attune score --study study.yml -o both --as csv
code_is 0
same out results/speakers.csv
same both/scores.csv results/scores.csv

it "--quiet leaves the closing line out"
attune score --study study.yml -o quiet --quiet
code_is 0
err_empty

it "a second run over the same folder replaces the results"
attune score --study study.yml -o quiet --by role --quiet
code_is 0
out_empty
head -n 1 quiet/speakers.csv | grep -q '^role,' || fail "$(head -n 1 quiet/speakers.csv)"
is "$(LC_ALL=C ls -A quiet | wc -l)" 4

it "manifest.json names version, command, inputs with hash, lexicons and counts"
if command -v jq >/dev/null; then
    jq -e . results/manifest.json >/dev/null 2>err || fail "no JSON: $(cat err)"
fi
for word in '"command"' 'attune score --study study.yml -o results' one.txt two.txt small ICU; do
    grep -qF -- "$word" results/manifest.json || fail "manifest.json lacks $word"
done

it "a command line with blanks and quotes stands in the manifest as a shell takes it"
mkdir "it's here"
attune score --study study.yml -o "it's here"
code_is 0
grep -qF "attune score --study study.yml -o 'it'\\\\''s here'" "it's here/manifest.json" ||
    fail "$(grep command "it's here/manifest.json")"

for threads in 1 2 8; do
    it "--threads $threads and any order of the inputs: the same bytes"
    attune score -l lexicon.yml --speakers speakers.csv --threads $threads talks/two.txt talks/one.txt -o "t$threads"
    code_is 0
    for file in scores.csv speakers.csv tallies.att; do same "t$threads/$file" "results/$file"; done
done

it "the example study: the same bytes for 1, 2 and 8 threads and shuffled inputs"
examples=$PROJECT/examples/peer-support
attune score --speakers "$examples/speakers.csv" --threads 1 -o e1 "$examples"/transcripts/*.txt
code_is 0
attune score --speakers "$examples/speakers.csv" --threads 2 -o e2 "$examples/transcripts"
code_is 0
attune score --speakers "$examples/speakers.csv" --threads 8 -o e8 \
    $(ls "$examples"/transcripts/*.txt | shuf --random-source=<(yes))
code_is 0
for file in scores.csv speakers.csv tallies.att; do
    same e1/$file e2/$file
    same e1/$file e8/$file
done

it "a study's paths are relative to its own folder, the command line's to ours"
mkdir -p elsewhere
(cd elsewhere && "$ATTUNE" score --study ../study.yml) >out 2>err
code=$?
code_is 0
same out results/speakers.csv

it "the command line overrules the study, lists as a whole"
attune score --study study.yml talks/two.txt -o over
code_is 0
err_has '1 transcript, '

it "--by groups by a column of the speaker table, and adds up"
attune score --study study.yml --by role
code_is 0
out_lines 3
is "$(column role out | tr '\n' ' ')" 'nurse peer worker '
attune score --study study.yml --by role --by period
out_lines 5

it "--by an unknown column: which there are, exit code 2 or 3"
attune score --study study.yml --by rolle
[ "$code" -eq 2 ] || [ "$code" -eq 3 ] || fail "exit code $code"
err_has rolle
err_has role

it "without a table a label is a person of its transcript; --labels global says otherwise"
attune score -l lexicon.yml talks
is "$(column speaker out | tr '\n' ' ')" 'one/Ines one/Omar two/Ines two/Omar '
attune score -l lexicon.yml --labels global talks
is "$(column speaker out | tr '\n' ' ')" 'Ines Omar '

it "standard input: -"
"$ATTUNE" score -l lexicon.yml --format txt - <talks/one.txt >out 2>err
code=$?
code_is 0
out_has /Ines
is "$(column tokens out | awk '{ sum += $1 } END { print sum }')" 25

it "globs that the shell did not expand"
attune score -l lexicon.yml --labels global 'talks/*.txt'
code_is 0
is "$(column speaker out | tr '\n' ' ')" 'Ines Omar '

it "--speaker-regex says what a label is"
printf '<<Ines>> The patient.\n<<Omar>> Hope.\n' >odd.txt
attune score -l lexicon.yml --speaker-regex '^<<(\w+)>>' odd.txt
code_is 0
is "$(column speaker out | tr '\n' ' ')" 'odd/Ines odd/Omar '

it "a bad --speaker-regex is refused with its reason"
attune score -l lexicon.yml --speaker-regex '(' odd.txt
[ "$code" -eq 2 ] || [ "$code" -eq 3 ] || fail "exit code $code"
err_has 'speaker'

it "several lexicons in one run: their names keep their markers apart"
printf 'name: other\nlanguage: en\nmarkers:\n  wait:\n    entries: [waited]\n' >other.yml
attune score -l lexicon.yml -l other.yml --speakers speakers.csv talks
code_is 0
head -n 1 out | tr , '\n' | grep -qx rate_other.wait || fail "$(head -n 1 out)"

it "renaming a speaker changes nothing but the name"
sed 's/Ines Faro/Inez Faro/' speakers.csv >renamed.csv
attune score -l lexicon.yml --speakers renamed.csv talks
sed 's/Inez Faro/Ines Faro/' out >back
same back results/speakers.csv

it "a speaker's turns split over two files add up"
sed -n 1,2p talks/one.txt >part1.txt
sed -n 3p talks/one.txt >part2.txt
attune score -l lexicon.yml --labels global talks/one.txt
mv out whole
attune score -l lexicon.yml --labels global part1.txt part2.txt
for name in speaker tokens turns rate_tech rate_app; do
    column $name whole >a
    column $name out >b
    same a b
done

it "a speaker's name that a spreadsheet would take for a formula is defused"
printf 'label,speaker\nInes,=cmd()\nOmar,Omar\n' >formula.csv
attune score -l lexicon.yml --speakers formula.csv talks
code_is 0
out_has "'=cmd()"

it "senses: a hit that is mentioned, negated or reported does not count; --senses off counts all"
printf 'Ines: She has no diagnosis. The word patient is theirs. He said patient. A patient.\n' >senses.txt
attune score -l lexicon.yml --table scores senses.txt
code_is 0
is "$(grep ',tech,' out | cut -d, -f4-8)" 1,1,1,1,1
attune score -l lexicon.yml --table scores --senses off senses.txt
is "$(grep ',tech,' out | cut -d, -f4-8)" 4,4,0,0,0
it "between the poles the longer match takes the tokens, and so it does between exclusive markers"
cat >poles.yml <<'YAML'
name: poles
language: en
exclusive: [[good, bad]]
markers:
  tech: {pole: technical, entries: [psychosis, person]}
  app: {pole: appreciative, entries: [person with *]}
  theme: [psychosis]
  good: [good]
  bad: [not good]
YAML
printf 'A: A person with psychosis is not good at it. A person, good.\n' >poles.txt
attune score -l poles.yml --table scores poles.txt
code_is 0
paste -d, <(column marker out) <(column hits out) <(column covered_tokens out) >counts
cat >expected <<'END2'
tech,1,1
app,1,3
theme,1,1
good,1,1
bad,1,2
pole.technical,1,1
pole.appreciative,1,3
END2
same counts expected

it "no marker covers more than all tokens, however its entries overlap"
printf 'name: all\nlanguage: en\nmarkers:\n  p:\n    q: ["* *", "*"]\n    r: [a b c, b c d, "*"]\n' >all.yml
printf 'A: a b c d e\nA: a b c\n' >all.txt
attune score -l all.yml --table scores all.txt
is "$(column covered_percent out | sort -u | tr '\n' ' ')" '100 '

it "weighted: the sum of the weights of the hits, over the languages"
mkdir weights
cat >weights/en.yml <<'YAML'
name: weights
language: en
markers:
  care:
    ask: [{term: patient, weight: 2.5}, {term: carer, weight: 0.1}]
    give: [{term: patient care, weight: 3}, help]
YAML
printf 'name: weights\nlanguage: de\nmarkers:\n  care:\n    ask: [Patientin]\n    give: []\n' >weights/de.yml
printf 'A: The patient had patient care and help, the carer and the carer.\n' >weights/one.txt
printf 'A: Die Patientin wartet auf die andere Patientin.\n' >weights/two.txt
attune score -l weights/en.yml -l weights/de.yml --labels global --by label --table scores weights/one.txt weights/two.txt
code_is 0
paste -d, <(column marker out) <(column hits out) <(column weighted out) >counts
cat >expected <<'END2'
care,7,8.7
care.ask,6,7.2
care.give,2,4
END2
same counts expected

it "weights add up in a merge"
for part in one two; do attune score -l weights/en.yml -l weights/de.yml weights/$part.txt -o weights/$part --quiet; done
attune score -l weights/en.yml -l weights/de.yml weights/one.txt weights/two.txt -o weights/whole --quiet
attune merge weights/one/tallies.att weights/two/tallies.att -o weights/merged
code_is 0
for file in scores.csv tallies.att; do same weights/merged/$file weights/whole/$file; done
is "$(column weighted weights/merged/scores.csv | paste -sd ' ')" '6.7 5.2 4 2 2 0'
