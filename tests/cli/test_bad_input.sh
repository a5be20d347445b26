. "$PROJECT/tests/cli/lib.sh"
make_study
score() {
    attune score -l lexicon.yml "$@"
}
mkdir whole
score talks/one.txt -o whole

# skipped NAME REASON: good and bad input together: the good one is scored, the bad one named, exit code 1.
skipped() {
    score talks/one.txt "$1" -o both
    code_is 1
    err_has "$1"
    err_has "$2"
    err_has '1 transcript, '
    err_has '1 skipped'
    same both/scores.csv whole/scores.csv
    grep -qF -- "$1" both/manifest.json || fail "manifest.json does not name $1"
}

it "a missing file is named and skipped"
skipped missing.txt 'No such file'

it "a folder that is missing too"
skipped nowhere/ 'No such file'

it "a dangling link"
ln -s nowhere dangling.txt
skipped dangling.txt dangling.txt

it "a fifo is no transcript"
mkfifo fifo
skipped fifo fifo

it "a folder and a file that may not be read"
if ! can_be_nobody; then
    skip "only root can be had here"
else
    mkdir locked
    chmod 000 locked
    cp talks/two.txt secret.txt
    chmod 000 secret.txt
    as_nobody "$ATTUNE" score -l lexicon.yml talks/one.txt locked secret.txt >out 2>err
    code=$?
    code_is 1
    err_has locked
    err_has secret.txt
    err_has 'Permission denied'
    same out whole/speakers.csv
fi

it "an empty file"
: >empty.txt
skipped empty.txt empty

it "a binary file"
head -c 4096 "$ATTUNE" >binary.txt
skipped binary.txt binary.txt

it "nothing that can be scored at all stops the run"
score missing.txt
[ "$code" -eq 3 ] || [ "$code" -eq 1 ] || fail "exit code $code"
err_has missing.txt
out_empty

it "invalid UTF-8 is read, counted and named"
printf 'Ines: The pati\xffent and the patient.\nOmar: Hope \xc3\x28 hope.\n' >broken.txt
score broken.txt -o broken --encoding UTF-8
code_is 0
err_has broken.txt
grep -q '"ill_formed_utf8":2' broken/manifest.json || fail "not in the manifest"
is "$(grep -c ,tech, broken/scores.csv)" 2

it "NUL bytes separate and are named"
{
    cat talks/one.txt
    printf 'Omar: The patient\0patient is here.\n'
} >nul.txt
score nul.txt --table scores
code_is 0
err_has nul.txt
is "$(grep '^nul/Omar,tech,' out | cut -d, -f3,4)" 15,2

it "a line of 40 MB without an end needs no more memory than others"
{
    printf 'Ines: '
    head -c 40000000 /dev/zero | tr '\0' 'a' | fold -w 9 | tr '\n' ' '
    printf '\nOmar: hope\n'
} >endless.txt
score endless.txt --table scores
code_is 0
is "$(column tokens out | head -n 1)" 4444445
out_has endless/Omar

it "two transcripts with one id are an error that names both"
mkdir -p a b
cp talks/one.txt a/same.txt
cp talks/one.txt b/same.txt
score a b
code_is 3
err_has a/same.txt
err_has b/same.txt
out_empty

it "the same file named twice is read once"
score talks/one.txt talks/one.txt ./talks/one.txt -o twice
code_is 0
same twice/scores.csv whole/scores.csv

it "a lexicon that is not there"
attune score -l nowhere.yml talks
[ "$code" -eq 2 ] || [ "$code" -eq 3 ] || fail "exit code $code"
err_has nowhere.yml

it "a built-in lexicon that is not there: did you mean"
attune score -l en/peer-suport talks
[ "$code" -eq 2 ] || [ "$code" -eq 3 ] || fail "exit code $code"
err_has en/peer-support

it "an error in a lexicon: file, line, column, exit code 3"
printf 'name: x\nlanguage: en\nmarkers:\n  a:\n    entrys: [b]\n' >wrong.yml
attune score -l wrong.yml talks
code_is 3
err_has 'wrong.yml:5:'
err_has entrys
out_empty

it "a doubtful lexicon is a warning and goes on"
printf 'name: x\nlanguage: en\nmarkers:\n  a:\n    entries: [hope, Hope]\n' >doubtful.yml
attune score -l doubtful.yml talks
code_is 0
err_has 'doubtful.yml:5:'

it "a lexicon for another language is said"
printf 'name: x\nlanguage: de\nmarkers:\n  a:\n    entries: [Hoffnung]\n' >german.yml
attune score -l german.yml "$PROJECT/examples/peer-support/transcripts/harbour-01-before.txt"
[ "$code" -le 1 ] || fail "exit code $code"
err_has harbour-01-before
err_has de

it "an unknown language"
attune score --lang xx talks
[ "$code" -ge 1 ] || fail "exit code $code"
err_has xx

# table_error EXPECTED: speakers table t.csv from stdin
table_error() {
    cat >t.csv
    score --speakers t.csv talks
    code_is 3
    out_empty
    err_has "t.csv"
    err_has "$1"
}

it "a speaker table without a column it needs"
table_error speaker <<'END'
transcript,label,role
one,Ines,nurse
END

it "a speaker table with two rows for one label of a transcript: with the line"
table_error 't.csv:3' <<'END'
transcript,label,speaker
one,Ines,Ines Faro
one,Ines,Ines Vale
END

it "a speaker table with a row too short: with the line"
table_error 't.csv:3' <<'END'
transcript,label,speaker
one,Ines,Ines Faro
one,Omar
END

it "a speaker table that is not there"
score --speakers nowhere.csv talks
[ "$code" -ge 2 ] || fail "exit code $code"
err_has nowhere.csv

it "speakers that no transcript has are listed by name in a note"
printf 'transcript,label,speaker\none,Ines,Ines Faro\none,Zoe,Zoe Vale\nthree,Ines,Ines Faro\n' >more.csv
score --speakers more.csv --verbose talks
code_is 0
err_has Zoe
err_has three

it "an unknown key in study.yml: with the line"
printf 'inputs: [talks]\nlexicon: lexicon.yml\n' >wrong-study.yml
attune score --study wrong-study.yml
code_is 3
err_has 'wrong-study.yml:2'

it "a study that is not there"
attune score --study nowhere.yml
[ "$code" -ge 2 ] || fail "exit code $code"
err_has nowhere.yml

it "a results folder that cannot be made is exit code 4"
: >file
score talks -o file/results
code_is 4
err_has file

it "a name with control characters does no harm in messages"
score talks/one.txt $'bad\e[31mname.txt'
code_is 1
if grep -q $'\e' err; then fail "an escape sequence got through: $(cat -v err)"; fi

it "more than 20 warnings are cut, errors never"
{
    printf 'name: x\nlanguage: en\nmarkers:\n  a:\n    entries:\n'
    for i in $(seq 30); do echo '      - hope'; done
} >many.yml
attune score -l many.yml talks
code_is 0
err_has '… and 9 more warnings (--verbose shows all)'
is "$(grep -c '^attune: many.yml:' err)" 20
attune score -l many.yml talks --verbose
is "$(grep -c '^attune: many.yml:' err)" 29
attune score -l many.yml talks -o many
err_has '… and 9 more warnings (see manifest.json)'
attune score -l lexicon.yml talks/one.txt gone{1..30}.txt
code_is 1
is "$(grep -c '^attune: gone' err)" 30
