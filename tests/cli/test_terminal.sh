. "$PROJECT/tests/cli/lib.sh"
make_study
escape=$(printf '\033')

if ! script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    it "what is shown on a terminal"
    skip "this machine has no pseudo-terminals"
    exit 0
fi

it "score on a terminal: an aligned table"
in_terminal 120 "$ATTUNE" score --study study.yml
code_is 0
if grep -q , out; then fail "CSV on a terminal: $(head -n 3 out)"; fi
out_has 'Ines Faro'

it "a table keeps to the terminal's width"
for width in 40 60 80 120; do
    in_terminal $width "$ATTUNE" score --study study.yml
    longest=$(tr -d '\r' <out | wc -L)
    [ "$longest" -le "$width" ] || fail "$longest columns in a terminal of $width" "$(cat out)"
done

it "without a terminal COLUMNS says how wide a table is, else it is as wide as it must be"
COLUMNS=60 "$ATTUNE" score --study study.yml --as table >out 2>err
[ "$(wc -L <out)" -le 60 ] || fail "$(cat out)"
env -u COLUMNS "$ATTUNE" score --study study.yml --as table >out 2>err
out_lines 5

it "kwic on a terminal: the match in bold"
in_terminal 120 "$ATTUNE" kwic --study study.yml --marker app
code_is 0
out_has "$escape[1mhopes$escape[0m"

it "NO_COLOR and TERM=dumb: no colours"
in_terminal 120 NO_COLOR=1 "$ATTUNE" kwic --study study.yml --marker app
out_has hopes
out_lacks "$escape"
in_terminal 120 TERM=dumb "$ATTUNE" kwic --study study.yml --marker app
out_has hopes
out_lacks "$escape"

it "kwic keeps to the terminal's width"
for width in 80 120 200; do
    in_terminal $width NO_COLOR=1 "$ATTUNE" kwic --study study.yml
    longest=$(tr -d '\r' <out | wc -L)
    [ "$longest" -le "$width" ] || fail "$longest columns in a terminal of $width" "$(cat out)"
done

it "kwic without a hit says so"
printf 'Ines: Nothing here.\n' >nothing.txt
in_terminal 80 "$ATTUNE" kwic -l lexicon.yml nothing.txt
code_is 0
out_has 'no hits'

it "escape sequences in transcripts, labels and tables do not reach a terminal"
printf 'I\033[31mnes: The patient \033]0;title\007 waited \302\233 31m.\nOmar: Hope.\nI\033[31mnes: Hope.\n' >evil.txt
printf 'label,speaker\nOmar,"Om\033[2Jar"\n' >evil.csv
for words in 'score' 'score --table scores' 'kwic' 'score -o evil --as table'; do
    in_terminal 150 NO_COLOR=1 "$ATTUNE" $words -l lexicon.yml --speakers evil.csv evil.txt
    if tr -d '\r\n' <out | grep -q "$(printf '[\001-\010\013-\037]')"; then fail "$words: $(cat -v out)"; fi
    if grep -q "$(printf '\302\233')" out; then fail "$words: C1 control: $(cat -v out)"; fi
done

it "the progress bar is on a terminal only"
for i in $(seq 20000); do
    echo "Ines: The patient, the diagnosis and the risk assessment number $i came first, and there was hope."
    echo "Omar: Her lived experience number $i."
done >big.txt
for i in 1 2 3 4 5 6 7 8; do cat big.txt; done >bigger.txt
attune score -l lexicon.yml bigger.txt
code_is 0
err_empty
in_terminal 100 "$ATTUNE score -l lexicon.yml bigger.txt --threads 1 2>&1 >/dev/null"
code_is 0
if [ -s out ]; then
    # Where it was shown, it is cleared at the end.
    tail -c 8 out | grep -q "$escape\[K" || fail "not cleared: $(tail -c 200 out | cat -v)"
fi

it "--quiet stops it"
in_terminal 100 "$ATTUNE score -l lexicon.yml bigger.txt --threads 1 --quiet 2>&1 >/dev/null"
code_is 0
out_empty
