# Who is who: what transcripts say about their speakers, and speaker tables that fit badly.
. "$PROJECT/tests/cli/lib.sh"

cat >lexicon.yml <<'END'
name: small
language: en
markers:
  hope: [hope, home]
  thing: [thing*]
END
mkdir -p talks
cat >talks/play.cha <<'END'
@UTF8
@Begin
@Languages:	eng
@Participants:	CHI Mia Target_Child, INV Ruth Investigator
@ID:	eng|home|CHI|2;03.|female|||Target_Child|||
@ID:	eng|home|INV|||||Investigator|||
*CHI:	I hope for a thing .
*INV:	and what do you hope for at home ?
@End
END
cat >talks/sitting.xml <<'END'
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:lang="en"><teiHeader/><text><body>
<u who="#Marsh" ana="#chair"><seg>We hope for order.</seg></u>
<u who="#Lind" ana="#guest"><seg>I hope for a home.</seg></u>
</body></text></TEI>
END
printf 'interlocutor,utterance_text,timestamp\ntherapist,What do you hope for?,00:00:01\nclient,A home.,00:00:05\ntherapist,A home.,00:00:07\nclient,One thing.,00:00:09\n' >talks/session.csv
printf '{"id":"1","root":"c","speaker":"ann","reply_to":null,"text":"I hope so.","meta":{"speaker_type":"nurse"}}\n{"id":"2","root":"c","speaker":"bo","reply_to":"1","text":"A home.","meta":{"speaker_type":"guest"}}\n' >corpus.jsonl

it "--list-speakers has what each format says about speakers"
attune score --list-speakers talks corpus.jsonl
code_is 0
cat >expected <<'END'
transcript,label,speaker,role,age,corpus,name,sex,turns,tokens,matched
corpus,ann,corpus/ann,nurse,,,,,1,3,no
corpus,bo,corpus/bo,guest,,,,,1,2,no
play,CHI,play/CHI,Target_Child,2;03.,home,Mia,female,1,5,no
play,INV,play/INV,Investigator,,home,Ruth,,1,8,no
session,therapist,session/therapist,therapist,,,,,2,7,no
session,client,session/client,client,,,,,2,4,no
sitting,Marsh,sitting/Marsh,chair,,,,,1,4,no
sitting,Lind,sitting/Lind,guest,,,,,1,5,no
END
same out expected

it "score groups by it without a table"
attune score -l lexicon.yml --by role --as csv talks corpus.jsonl
code_is 0
cut -d, -f1,6,7 out >found
cat >expected <<'END'
role,tokens,turns
Investigator,8,1
Target_Child,5,1
chair,4,1
client,4,2
guest,7,2
nurse,3,1
therapist,7,2
END
same found expected

it "speakers.csv shows it"
attune score -l lexicon.yml -o results talks
code_is 0
[ "$(head -1 results/speakers.csv | cut -d, -f1-6)" = speaker,age,corpus,name,role,sex ] || fail "$(head -1 results/speakers.csv)"
attune score -l lexicon.yml --by role --as csv talks
cp out expected

it "merge knows it from the tallies"
attune merge results/tallies.att --by role --as csv
code_is 0
same out expected

it "--exclude takes it, in scores, kwic and dry runs"
attune score -l lexicon.yml --exclude role=chair --exclude role=Investigator --by transcript --as csv talks
code_is 0
out_has 'sitting,,,,guest,,5,1'
out_has 'play,2;03.,home,Mia,Target_Child,female,5,1'
attune score -l lexicon.yml --exclude role=chair --exclude role=Investigator --verbose talks
err_has '2 turns with 12 tokens are left out'
attune kwic -l lexicon.yml talks/sitting.xml
out_has 'sitting/Marsh'
attune kwic -l lexicon.yml --exclude role=chair talks/sitting.xml
code_is 0
out_lacks 'sitting/Marsh'
out_has 'sitting/Lind'
attune score -l lexicon.yml --exclude role=chair talks/sitting.xml --dry-run --as csv
code_is 0
err_has 'leave out 1 turn of excluded speakers'

it "a speaker table overrules it where it says something"
printf 'transcript,label,speaker,Role\nsitting,Marsh,Eva Marsh,member\nsitting,Lind,Bo Lind,\n' >who.csv
attune score -l lexicon.yml --speakers who.csv --by Role --by speaker --as csv talks/sitting.xml
code_is 0
out_has 'member,Eva Marsh'
out_has 'guest,Bo Lind'

it "a column that nobody has is an error that names those there are"
for command in score kwic; do
    attune $command -l lexicon.yml --exclude rule=chair talks/sitting.xml
    code_is 2
    err_has "cannot exclude 'rule=chair'"
    err_has 'transcripts (role)'
done
attune score -l lexicon.yml --by rule talks/sitting.xml -o none
code_is 2
err_has "no column 'rule'"
err_has 'transcript, label, speaker, language, role'
[ -z "$(ls -A none 2>/dev/null)" ] || fail 'there are results'

it "init fills the table with it, and score takes the table"
attune init talks
code_is 0
cat >expected <<'END'
transcript,label,speaker,role,period,age,corpus,name,sex
play,CHI,play/CHI,Target_Child,,2;03.,home,Mia,female
play,INV,play/INV,Investigator,,,home,Ruth,
session,therapist,session/therapist,therapist,,,,,
session,client,session/client,client,,,,,
sitting,Marsh,sitting/Marsh,chair,,,,,
sitting,Lind,sitting/Lind,guest,,,,,
END
same talks/speakers.csv expected
attune score --study talks/study.yml -l lexicon.yml --exclude role=chair --as csv
code_is 0
err_lacks warning
err_lacks 'fits'
out_lacks 'sitting/Marsh'

it "what --list-speakers printed may be given back to it"
attune score --list-speakers talks
cp out list.csv
attune score --list-speakers --speakers list.csv talks
code_is 0
sed 's/,no$/,yes/' list.csv >expected
same out expected

it "a table that fits no label is an error, and the scores are there"
printf 'transcript,label,speaker\nsitting.xml,Marsh,Eva\nsitting,Lindt,Bo\n' >bad.csv
attune score -l lexicon.yml --speakers bad.csv --as csv talks/sitting.xml
code_is 1
err_has 'bad.csv: none of its 2 rows fits a label'
err_has 'sitting / Marsh (near: sitting.xml / Marsh (line 2))'
err_has 'sitting / Lind (near: sitting / Lindt (line 3))'
err_has '--list-speakers'
out_has 'sitting/Marsh'

it "labels that the table lacks are named with those that are near; unused rows are a note"
printf 'label,speaker\nmarsh:,Eva\nLindt,Bo\n' >half.csv
attune score -l lexicon.yml --speakers half.csv --as csv talks/sitting.xml
code_is 0
err_has 'half.csv: 1 label of transcripts has no row here'
err_has 'sitting / Lind (near: Lindt (line 3))'
err_lacks 'fit no turn'
out_has 'Eva,'
attune score -l lexicon.yml --speakers half.csv --as csv --verbose talks/sitting.xml
err_has '1 of 2 rows fit no turn of any transcript (Bo: Lindt (line 3))'

it "two rows for one label that say different things are an error with both lines"
printf 'label;speaker;role\nMarsh;Eva;chair\nLind;Bo;\n"MARSH :";Eva;member\n' >twice.csv
attune score -l lexicon.yml --speakers twice.csv talks/sitting.xml
code_is 3
err_has 'twice.csv:4: lines 2 and 4'
