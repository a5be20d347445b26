. "$PROJECT/tests/cli/lib.sh"
make_study

it "CSV in a pipe: every hit in order, with its context"
attune kwic --study study.yml
code_is 0
err_empty
cat >expected <<'END'
transcript,turn,speaker,marker,entry,start,end,start_ms,end_ms,left,match,right,sense
one,1,Ines Faro,tech,diagnos*,4,13,,,The,diagnosis,"came first, then the risk assessment. The patient waited.",used
one,1,Ines Faro,tech,risk assessment,35,50,,,"The diagnosis came first, then the",risk assessment,. The patient waited.,used
END
head -n 3 out >first
same first expected
out_lines 11

it "--context bounds the tokens on each side"
attune kwic --study study.yml --context 1 talks/two.txt
code_is 0
out_has 'two,1,Ines Faro,app,hope*,4,9,,,Her,hopes,and,used'
attune kwic --study study.yml --context 0 talks/two.txt
code_is 0
out_has 'two,1,Ines Faro,app,hope*,4,9,,,,hopes,,used'

it "--marker limits the hits, several add up"
attune kwic --study study.yml --marker tech
out_lines 6
is "$(column marker out | sort -u)" tech
attune kwic --study study.yml --marker tech --marker app
out_lines 11

it "an unknown marker: exit code 2 and what there is"
attune kwic --study study.yml --marker tehc
code_is 2
out_empty
err_has tehc

it "start and end count code points of the turn"
printf 'Zoë: Ünïcödé hope is h\u00f6pe.\n' >talks/three.txt
attune kwic -l lexicon.yml talks/three.txt
code_is 0
out_has 'three,1,three/Zoë,app,hope*,8,12,,,Ünïcödé,hope,'
rm talks/three.txt

it "stamps give the turn's times"
printf 'Ines: The patient. #00:00:02-5#\nOmar: Hope. #00:00:04-0#\nInes: The diagnosis. #00:01:00-0#\n' >stamped.txt
attune kwic -l lexicon.yml stamped.txt
code_is 0
out_has 2500

it "no hits: the heading alone in a pipe"
printf 'Ines: Nothing here.\n' >nothing.txt
attune kwic -l lexicon.yml nothing.txt
code_is 0
out_lines 1

it "aligned: the matches stand under each other"
attune kwic --study study.yml --as table --marker app --context 1
code_is 0
out_lines 5
is "$(awk '{ print match($0, /hopes?|lived experience/) }' out | sort -u | wc -l)" 1
out_has 'two:1 Ines Faro  app'

it "the same for 1, 2 and 8 threads"
attune kwic "$PROJECT/examples/peer-support/transcripts" --threads 1
code_is 0
[ "$(wc -l <out)" -gt 50 ] || fail "only $(wc -l <out) lines"
mv out one
for threads in 2 8; do
    attune kwic "$PROJECT/examples/peer-support/transcripts" --threads $threads
    same out one
done

it "kwic and score count the same hits"
attune score --study study.yml --table scores
total=$(paste -d, <(column marker out) <(column hits out) | awk -F, '$1 == "tech" || $1 == "app" { n += $2 } END { print n }')
attune kwic --study study.yml
is "$(($(wc -l <out) - 1))" "$total"

it "skipped input: exit code 1, and the rest is shown"
attune kwic -l lexicon.yml talks/one.txt gone.txt
code_is 1
err_has gone.txt
out_has one,1

it "text that a spreadsheet would take for a formula is defused"
printf 'Ines: =2+3 patient\n' >formula.txt
attune kwic -l lexicon.yml formula.txt
code_is 0
out_has ",'="

it "rules: combinations of hits, with the speaker table's say"
cat >rules.yml <<'END'
name: rules
language: en
markers:
  tech: [diagnos*]
  remark:
    rule: "tech near/3 first_person and role = nurse"
END
printf 'Ines: I said diagnosis.\nOmar: I said diagnosis.\n' >rules.txt
printf 'label,speaker,role\nInes,Ines Faro,nurse\nOmar,Omar Lind,peer\n' >rules.csv
attune kwic -l rules.yml --speakers rules.csv --marker remark rules.txt
code_is 0
out_lines 2
out_has 'Ines Faro,remark,tech near/3 first_person and role = nurse,0,16,'
attune score -l rules.yml rules.txt
code_is 0
err_has "a rule asks for the column 'role', which the speaker table does not have"
