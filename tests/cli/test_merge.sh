. "$PROJECT/tests/cli/lib.sh"
make_study
attune score -l lexicon.yml talks -o whole --quiet
attune score -l lexicon.yml talks/one.txt -o part1 --quiet
attune score -l lexicon.yml talks/two.txt -o part2 --quiet

it "parts merged are the whole, in any order"
attune merge part1/tallies.att part2/tallies.att -o merged
code_is 0
for file in scores.csv speakers.csv tallies.att; do same merged/$file whole/$file; done
attune merge part2/tallies.att part1/tallies.att -o merged --quiet
code_is 0
err_empty
for file in scores.csv speakers.csv tallies.att; do same merged/$file whole/$file; done

it "the speaker table is bound late: the same as if it had been there"
attune merge whole/tallies.att --speakers speakers.csv --by role
code_is 0
mv out late
attune score -l lexicon.yml talks --speakers speakers.csv --by role
same out late

it "--study gives speakers, labels and by"
attune merge whole/tallies.att --study study.yml
code_is 0
mv out late
attune score --study study.yml
same out late

it "--labels global"
attune merge whole/tallies.att --labels global
is "$(column speaker out | tr '\n' ' ')" 'Ines Omar '

it "--table scores"
attune merge whole/tallies.att --table scores
code_is 0
same out whole/scores.csv

it "the same transcript twice is not counted twice"
attune merge whole/tallies.att part1/tallies.att
if [ "$code" -eq 0 ]; then same out whole/speakers.csv; else code_is 3 && err_has one; fi

it "tallies of different lexicons do not add up"
sed 's/hope\*/hop*/' lexicon.yml >other.yml
attune score -l other.yml talks/two.txt -o other --quiet
attune merge part1/tallies.att other/tallies.att
code_is 3
out_empty
err_has other/tallies.att

it "a missing tally file"
attune merge part1/tallies.att gone.att
[ "$code" -ge 3 ] || fail "exit code $code"
err_has gone.att
out_empty

it "what is no tally file"
attune merge lexicon.yml
code_is 3
err_has lexicon.yml

it "a tally file that is cut off, or with one byte changed, is found out"
head -c "$(($(stat -c %s whole/tallies.att) - 3))" whole/tallies.att >cut.att
attune merge cut.att
code_is 3
err_has cut.att
size=$(stat -c %s whole/tallies.att)
for at in 5 $((size / 2)) $((size - 1)); do
    cp whole/tallies.att changed.att
    byte=$(od -An -tu1 -j "$at" -N 1 whole/tallies.att)
    printf "\\x$(printf %02x $((byte ^ 1)))" | dd of=changed.att bs=1 seek="$at" conv=notrunc status=none
    attune merge changed.att
    code_is 3
    err_has changed.att
done
