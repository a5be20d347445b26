# What is in the inputs: formats INPUT, score --list-speakers, init, --exclude.
. "$PROJECT/tests/cli/lib.sh"

mkdir talks
printf 'Ann: The first thing I want to say is that the people here have been very kind to me.\nBo: And what do you hope for?\nAnn: I hope for rest and a home.\n' >talks/one.txt
printf 'Bo: Nobody asked me about the things that I can do, and that was the hardest of it all.\n' >talks/two.txt
cat >who.csv <<'END'
transcript,label,speaker,role
one,Ann,Ann Okafor,nurse
,Bo,Bo Lind,interviewer
END
cat >lexicon.yml <<'END'
name: small
language: en
markers:
  hope: [hope, home]
  thing: [thing*]
END

it "formats INPUT says what files are taken for"
attune formats --as csv talks
code_is 0
err_empty
cat >expected <<'END'
file,format,told by,encoding,language,turns,tokens,speakers,first label
talks/one.txt,txt,no other fits,UTF-8,en (guess),3,31,2,Ann
talks/two.txt,txt,no other fits,UTF-8,en (guess),1,18,1,Bo
END
same out expected

it "formats INPUT names what cannot be read, and the rest is there"
printf '%%PDF-1.4\n\0\0\0' >talks/scan.txt
attune formats --as csv talks
code_is 1
out_has 'talks/scan.txt,cannot be read'
out_has 'talks/two.txt,txt'
err_has 'PDF'
rm talks/scan.txt

it "--list-speakers is a speaker table with counts"
attune score --list-speakers talks
code_is 0
cat >expected <<'END'
transcript,label,speaker,turns,tokens,matched
one,Ann,one/Ann,2,25,no
one,Bo,one/Bo,1,6,no
two,Bo,two/Bo,1,18,no
END
same out expected

it "--list-speakers keeps what the table says and marks who is in it"
attune score --list-speakers --speakers who.csv talks
code_is 0
cat >expected <<'END'
transcript,label,speaker,role,turns,tokens,matched
one,Ann,Ann Okafor,nurse,2,25,yes
one,Bo,Bo Lind,interviewer,1,6,yes
two,Bo,Bo Lind,interviewer,1,18,yes
END
same out expected

it "what --list-speakers prints is a speaker table"
attune score --list-speakers talks
cp out list.csv
attune score -l lexicon.yml talks --as csv
cp out without
attune score -l lexicon.yml --speakers list.csv talks --as csv
code_is 0
out_has 'one/Ann'

it "init writes a table and a study that score takes"
cp -r talks fresh
attune init fresh
code_is 0
out_empty
err_has 'attune score --study fresh/study.yml'
same fresh/speakers.csv - <<'END'
transcript,label,speaker,role,period
one,Ann,one/Ann,,
one,Bo,one/Bo,,
two,Bo,two/Bo,,
END
attune score --study fresh/study.yml -l lexicon.yml --as csv
code_is 0
err_empty
out_has 'two/Bo'

it "init overwrites nothing"
printf 'mine\n' >fresh/speakers.csv
attune init fresh
code_is 2
err_has 'not overwritten'
is "$(cat fresh/speakers.csv)" mine

it "--exclude leaves people out of scores and says how much"
attune score -l lexicon.yml --speakers who.csv --exclude role=interviewer --by speaker --verbose --as csv talks
code_is 0
out_has 'Ann Okafor'
out_lacks 'Bo Lind'
err_has '2 turns with 24 tokens are left out'

it "--exclude leaves people out of kwic"
attune kwic -l lexicon.yml --speakers who.csv talks
out_has 'Bo Lind'
attune kwic -l lexicon.yml --speakers who.csv --exclude role=interviewer talks
out_has 'Ann Okafor'
out_lacks 'Bo Lind'

it "exclude stands in a study too"
printf 'inputs: talks\nspeakers: who.csv\nlexicons: lexicon.yml\nexclude: role=interviewer\n' >study.yml
attune score --study study.yml --as csv
code_is 0
out_lacks 'Bo Lind'

it "--exclude of a column that is not there: exit code 2 and the columns"
attune score -l lexicon.yml --speakers who.csv --exclude rule=x talks
code_is 2
err_has 'COLUMN=VALUE'
err_has 'role'

it "the study's own files among the transcripts are no transcripts"
rm fresh/speakers.csv fresh/study.yml
attune init fresh
cp lexicon.yml fresh/lexicon.yml
printf 'inputs: .\nspeakers: speakers.csv\nlexicons: lexicon.yml\n' >fresh/study.yml
attune score --study fresh/study.yml -o fresh/results
code_is 0
attune score --study fresh/study.yml -o fresh/results
code_is 0
err_has '2 transcripts'
err_lacks warning

it "formats FILE says what the format and the encoding were told by"
printf 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hope\n' >cue.txt
printf '\377\376A\0n\0n\0:\0 \0y\0e\0s\0\n\0' >wide.txt
attune formats --as csv cue.txt wide.txt
code_is 0
out_has 'cue.txt,vtt,its content,UTF-8,'
out_has 'wide.txt,txt,no other fits,UTF-16LE (by its mark),'
attune formats --format txt --as csv cue.txt
out_has 'cue.txt,txt,option --format,'

it "formats guesses the language of little text as scores do"
printf 'Ann: Ich habe Hoffnung, und sie auch.\n' >little.txt
attune formats --as csv little.txt
out_has 'de (guess)'
attune score little.txt
code_is 0
err_lacks 'cannot be told'
attune score -l en/peer-support -l de/peer-support --dry-run little.txt
code_is 0
out_has 'de'

it "init's study.yml is a study, with every setting in use too"
rm -rf fresh && mkdir fresh && cp talks/one.txt fresh
attune init fresh
code_is 0
attune score --study fresh/study.yml
code_is 0
sed 's/^#\([a-z]\)/\1/; s/^#  /  /' fresh/study.yml >fresh/all.yml
[ "$(grep -c '^[a-z_]*:' fresh/all.yml)" -eq 21 ] || fail "not every key is there: $(grep -o '^[a-z_]*:' fresh/all.yml | tr '\n' ' ')"
sed -i '/^tiers\|^columns\|^  speaker\|^  text\|^speaker_style\|^by:\|^period_by/d; s/^periods.*/period_by: transcript\n&/' fresh/all.yml
cp fresh/one.txt fresh/2024-01-01.txt
attune score --study fresh/all.yml --dry-run --as csv
code_is 0
err_has 'nothing was written to fresh/results'
