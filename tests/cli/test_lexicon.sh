. "$PROJECT/tests/cli/lib.sh"
make_lexicon

it "list: every shipped lexicon, CSV in a pipe"
attune lexicon list
code_is 0
is "$(head -n 1 out)" name,language,version,markers,entries,licence
out_lines $(($(find "$PROJECT"/lexicons -name '*.yml' ! -path '*/cues/*' | wc -l) + 1))
out_lacks cues/
out_has en/peer-support,en,
out_has de/peer-support,de,
is "$(awk -F, 'NR > 1 && $5 < 300' out)" ''

it "show cues/en: the words that senses are told by"
attune lexicon show cues/en
code_is 0
out_has metalanguage

it "list --as table: aligned"
attune lexicon list --as table
code_is 0
out_has 'name  '

it "show: what it says about itself, and the tree"
attune lexicon show lexicon.yml
code_is 0
cat >expected <<'END'
name         small
language     en
version      1

marker  label                  pole          entries
tech    Technical language     technical           3
app     Appreciative language  appreciative        2
END
same out expected

it "show --entries --marker"
attune lexicon show lexicon.yml --entries --marker tech
code_is 0
out_has '  - risk assessment'
out_lacks hope

it "show: weights, and markers that exclude each other"
printf 'name: w\nlanguage: en\nmarkers:\n  a: [{term: hope, weight: 0.25}, joy]\n  b:\n    c: [fear]\nexclusive: [[a, c]]\n' >w.yml
attune lexicon show w.yml --entries
code_is 0
out_has '  - hope (weight 0.25)'
grep -qx 'exclusive    a, b.c' out || fail "$(cat out)"
grep -q '^  - joy *$' out || fail "$(cat out)"

it "show: a parent stands for what is below it"
attune lexicon show en/peer-support
code_is 0
out_has 'licence'
parent=$(awk '$1 ~ /^[a-z]+$/ && seen { print $1; exit } $1 == "marker" { seen = 1 }' out)
attune lexicon show en/peer-support --marker "$parent"
code_is 0
out_has "$parent."

it "show: an unknown marker"
attune lexicon show lexicon.yml --marker techs
code_is 2
err_has "did you mean 'tech'?"

it "show: several, and one that is not there"
attune lexicon show lexicon.yml en/peer-support
code_is 0
attune lexicon show nowhere.yml
[ "$code" -ge 2 ] || fail "exit code $code"
err_has nowhere.yml

it "check: nothing to mend"
attune lexicon check lexicon.yml en/peer-support de/peer-support
code_is 0
is "$(tail -n 1 out | cut -d, -f1)" '0 errors'

it "check: what score warns of is an error, each with line and column, exit code 3"
cat >wrong.yml <<'END'
name: wrong
language: en
markers:
  tech:
    pole: technical
    entries:
      - patient
      - Patient
      - hope
  app:
    pole: appreciative
    entries:
      - hope
  empty: {}
END
attune lexicon check wrong.yml
code_is 3
for line in 8 13 14; do
    grep -q "^wrong.yml:$line:[0-9]*: error: " out || fail "no finding on line $line: $(cat out)"
done
is "$(tail -n 1 out | cut -d, -f1)" '3 errors'

it "check: words that YAML takes for something else are words; what it cannot read is explained"
printf 'name: x\nlanguage: en\nmarkers:\n  a:\n    entries: [no, yes, on, null, 1.0]\n' >words.yml
attune lexicon check words.yml
code_is 0
printf 'name: x\nlanguage: en\nmarkers:\n  a:\n    entries:\n      - *foo\n' >alias.yml
attune lexicon check alias.yml
code_is 3
out_has 'alias.yml:6:'
out_has quot

it "check: a tab, an unknown key, invalid UTF-8, a missing language"
printf 'name: x\nlanguage: en\nmarkers:\n\ta:\n' >tab.yml
printf 'name: x\nlanguage: en\nmarkers:\n  a:\n    colour: red\n    entries: [b]\n' >key.yml
printf 'name: x\nlanguage: en\nmarkers:\n  a:\n    entries:\n      - b\xff\n' >bytes.yml
printf 'name: x\nmarkers:\n  a:\n    entries: [b]\n' >language.yml
for file in tab:4 key:5 bytes:6 language:; do
    attune lexicon check "${file%:*}.yml"
    code_is 3
    out_has "${file%:*}.yml:${file#*:}"
done

it "check: a file that is not there"
attune lexicon check nowhere.yml
code_is 3
out_has nowhere.yml

it "check tries the examples that a lexicon brings"
cat >tried.yml <<'END'
name: tried
language: en
markers:
  diag:
    pole: technical
    entries: [diagnos*]
    tests:
      - They gave her a diagnosis.
      - not: There is no diagnosis.
      - not: The prognosis is good.
  hope: [hope]
tests:
  - text: Hope, a diagnosis, hope.
    hits: {diag: 1, hope: 2}
END
attune lexicon check tried.yml
code_is 0
out_has '0 errors, 0 warnings, 4 tests'
sed -i 's/hope: 2}/hope: 1}/; s/They gave her a diagnosis/They gave her nothing/' tried.yml
attune lexicon check tried.yml
code_is 3
out_has "tried.yml:8:9: error: this test of 'diag' expects at least 1 hit, but 0 count (nothing is found); mend the entries or the test"
out_has "tried.yml:13:11: error: this test of 'hope' expects 1 hit, but 2 count ('Hope' (used), 'hope' (used)); mend the entries or the test"
out_has '2 errors, 0 warnings, 4 tests'

it "tests that are none are refused with their place"
printf 'name: t\nlanguage: en\nmarkers:\n  a:\n    entries: [x]\n    tests: [{no: x}]\n' >bad.yml
attune lexicon check bad.yml
code_is 3
out_has "bad.yml:6:13: error: a marker's test is a text, or 'not:' with a text"
printf 'name: t\nlanguage: en\nmarkers:\n  a: [x]\ntests:\n  - text: x\n    hits: {b: 1}\n' >bad.yml
attune lexicon check bad.yml
code_is 3
out_has "bad.yml:7:12: error: there is no marker 'b'; write its path"

it "a word of two scripts that look alike is doubted"
printf 'name: t\nlanguage: en\nmarkers:\n  a: ["r\320\260dar", "\321\200\320\260\320\264\320\260\321\200"]\n' >mixed.yml
attune lexicon check mixed.yml
code_is 0
out_has 'mixes letters of two scripts that look alike in one word'
out_has '0 errors, 1 warning'

it "show --types: which forms each entry catches"
printf 'name: t\nlanguage: en\nmarkers:\n  a: ["tic*", hope]\n' >types.yml
printf 'Ann: A ticket, tickets, Ticket. No hop.\n' >types.txt
attune lexicon show types.yml --types types.txt --as csv
code_is 0
cat >expected <<'END'
marker,entry,form,count
a,tic*,ticket,2
a,tic*,tickets,1
a,hope,,0
END
same out expected
attune lexicon show types.yml --types types.txt --as table
out_has 'tic*      3  ticket 2, tickets 1'

it "check --corpus names globs that catch many forms"
attune lexicon check types.yml --corpus types.txt --most 1
code_is 0
out_has "types.yml:4:7: warning: 'tic*' of 'a' catches 2 word forms in the corpus (ticket 2, tickets 1); see whether it means them all"
attune lexicon check types.yml --corpus types.txt
out_has '0 errors, 0 warnings'
cat >ways.yml <<'END'
name: ways
language: en
markers:
  support:
    - (peer|recovery college|) support*
    - lived ~2 experience
  negated:
    - not [at all|very] good
    - {term: "case[s]", except: "[just] in case[s]"}
END

it "show --entries: terms as they are written, with their alternatives"
attune lexicon show ways.yml --entries
code_is 0
out_has '- (peer|recovery college|) support*'
out_has '- lived ~2 experience'
out_has '- case[s]'

it "check: brackets that do not close are found where they stand"
attune lexicon check ways.yml
code_is 0
out_has '0 errors, 0 warnings'
sed 's/very]/very/' ways.yml >broken.yml
attune lexicon check broken.yml
code_is 3
out_has "broken.yml:8:7: error: 'not [at all|very good' has a [ without its ]; close it, or write \\[ for the sign"

it "kwic: alternatives, options and gaps match what they say, and show their entry"
cat >ways.txt <<'END'
Ines: The recovery college supporters had lived and own experience.
Lars: Not at all good, not good, just in case; two cases of support.
END
attune kwic -l ways.yml --context 0 ways.txt
code_is 0
cut -d, -f4,5,11 out >shown
cat >expected <<'END'
marker,entry,match
support,(peer|recovery college|) support*,recovery college supporters
support,lived ~2 experience,lived and own experience
negated,not [at all|very] good,Not at all good
negated,not [at all|very] good,not good
negated,case[s],cases
support,(peer|recovery college|) support*,support
END
same shown expected

it "score: they are counted"
attune score -l ways.yml ways.txt -o ways-out
code_is 0
is "$(awk -F, '$2 == "negated" { n += $4 } END { print n }' ways-out/scores.csv)" 3

cat >spelling.yml <<'END'
name: spelling
language: he
ignore: [niqqud]
affixes:
  prefixes: {letters: [ו, ה, ב, כ, ל, מ, ש], most: 3, leave: 3}
markers:
  hope: [תקווה]
END

it "show: what a lexicon ignores and takes off"
attune lexicon show spelling.yml
code_is 0
out_has 'spelling     ignores niqqud; up to 3 of ו, ה, ב, כ, ל, מ, ש may come off the beginning of an entry'

it "kwic: a hit with an affix is the whole word"
printf 'Ines: יש תקווה, ושהתקווה, תִּקְווָה.\n' >spelling.txt
attune kwic -l spelling.yml --context 0 spelling.txt
code_is 0
cut -d, -f5,11 out >shown
cat >expected <<'END'
entry,match
תקווה,תקווה
תקווה,ושהתקווה
תקווה,תִּקְווָה
END
same shown expected

cat >turn.yml <<'END'
name: turn
language: en
markers:
  hope:
    - {regex: '(?<!not )\bgood\b.{1,20}?hope', over: turn}
    - {regex: '(a+)+b', over: turn}
END
{
    printf 'Ines: A good, Strong Hope; not good, no hope.\n'
    printf 'Lars: aab %s b\n' "$(head -c 4000 /dev/zero | tr '\0' a)"
} >turn.txt

it "kwic: a regex over the turn shows the words that it touches"
attune kwic -l turn.yml --context 0 turn.txt
code_is 0
is "$(grep -c . out)" 2 # the other one has no hit in the turn of its match
out_has ',"good, Strong Hope",'

it "score: a regex that runs wild is named, with the number of turns, however many threads there are"
for threads in 1 2; do
    attune score -l turn.yml --threads $threads turn.txt turn.txt
    code_is 0
    err_has "turn.yml:6:15: the regex '(a+)+b' takes too many steps in"
done

it "compile: what turns are asked for is kept"
attune lexicon compile turn.yml
code_is 0
out_has turn.yml,2,
out_has .cached

it "cue words have alternatives too, but are not looked for in whole turns"
printf 'name: t\nlanguage: en\nmarkers:\n  a: [hope]\ncues:\n  replace:\n    negators:\n      before: ["(far|free) [away] from"]\n' >cues.yml
printf 'Ines: far from hope; free away from hope; from hope\n' >cues.txt
attune kwic -l cues.yml --context 0 cues.txt
code_is 0
is "$(grep -c ",negated$" out)" 2
printf 'name: t\nlanguage: en\nmarkers:\n  a: [hope]\ncues:\n  replace:\n    negators:\n      before: [{regex: x, over: turn}]\n' >cues.yml
attune lexicon check cues.yml
code_is 3
out_has 'cues.yml:8:24: error: a cue cannot be a regex over turns'
