# Folders as they come from recorders, services and archives: what is read in them, and what is passed over.
. "$PROJECT/tests/cli/lib.sh"
make_study

# files: what was read, without the folder.
files() {
    attune formats --as csv "$@"
    tail -n +2 out | cut -d, -f1 | sed 's:.*/::' | sort | tr '\n' ' '
}

mkdir mixed
cp talks/one.txt mixed/one.txt
cat >mixed/table.csv <<'CSV'
speaker,text
Ines,"The diagnosis came first, then the risk assessment."
Omar,I hope she will tell us.
Ines,The patient has hope.
Omar,She has indeed.
CSV
cat >mixed/lines.jsonl <<'JSON'
{"speaker":"Ines","text":"We hope for the best."}
{"speaker":"Omar","text":"So does the patient."}
{"speaker":"Ines","text":"Good to hear of it."}
{"speaker":"Omar","text":"It is indeed good."}
JSON
echo '{"text":"We hope so.","segments":[{"start":0,"end":1.5,"text":"We hope so.","speaker":"SPEAKER_00"},{"start":2,"end":3,"text":"Yes, we do.","speaker":"SPEAKER_01"}],"language":"en"}' >mixed/service.json

it "tables of turns, lines of JSON and the JSON of services are read where they lie"
is "$(files mixed)" 'lines.jsonl one.txt service.json table.csv '
err_empty

it "in archives too"
(cd mixed && zip -qr ../packed.zip .)
is "$(files packed.zip)" 'lines.jsonl one.txt service.json table.csv '

# passed NAME SEVERITY REASON: content from stdin, beside a transcript.
passed() {
    rm -rf beside out-beside
    mkdir beside
    cp talks/one.txt beside
    cat >"beside/$1"
    attune score -l lexicon.yml beside -o out-beside
    code_is 0
    err_has '1 transcript, '
    err_has '0 skipped'
    grep -F "\"severity\":\"$2\",\"file\":\"beside/$1\"" out-beside/manifest.json | grep -qF -e "$3" ||
        fail "manifest.json lacks: $1 $2 $3" "$(grep -o '"messages".*' -A5 out-beside/manifest.json)"
    if [ "$2" = warning ]; then err_has "beside/$1"; else err_lacks "beside/$1"; fi
    (cd beside && zip -q "../beside.zip" -- *)
    attune score -l lexicon.yml beside.zip --verbose
    code_is 0
    err_has "beside.zip/$1: is passed over"
    rm beside.zip
}

it "a speaker table is no transcript"
passed who.csv note 'single words' <speakers.csv

it "nor is one whose transcripts have long names"
passed who.csv warning 'columns of such names' <<'CSV'
transcript,label,speaker
the first interview,Ines,Ines Faro
the first interview,Omar,Omar Lind
the second interview,Ines,Ines Faro
the second interview,Omar,Omar Lind
CSV

it "nor a codebook, which is named aloud"
passed codebook.csv warning 'columns of such names' <<'CSV'
code,name,content
hope,Hope,What is said of hope and of the future
risk,Risk,What is said of risk and of danger
ward,Ward,What is said of the ward and its staff
CSV

it "nor quotations with their coders, which are named aloud with the remedy"
passed quotations.csv warning '--column speaker=NAME' <<'CSV'
Content,Author,Document
I hope so too and more,KL,one
The risk is very high,KL,one
We never did that again,KL,two
The ward was very calm,MM,two
The ward was never calm,MM,two
CSV

it "nor answers to a question, which are named aloud"
passed answers.csv warning 'few speakers come again' <<'CSV'
participant,text
P1,I would like more of it.
P2,It should be much shorter.
P3,I have no more to say.
P4,The room was rather cold.
CSV

it "nor any other data"
passed data.csv note 'no columns' <<'CSV'
x,y,z
1,2,3
2,3,4
CSV
passed data.json note 'is JSON, but not of a service' <<<'{"version":1,"values":[1,2]}'
passed page.md note 'no labels' <<<'A page about the study.'
passed list.xml note 'is an XML file of a kind not known' <<<'<?xml version="1.0"?><list><item/></list>'
passed root.xml note 'without utterances' <<<'<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><p>Prose.</p></body></text></TEI>'

it "nor what attune itself has written"
attune score -l lexicon.yml talks -o mixed/results
attune kwic -l lexicon.yml --as csv talks
cp out mixed/hits.csv
is "$(files mixed)" 'lines.jsonl one.txt service.json table.csv '
err_empty
rm -r mixed/results mixed/hits.csv

it "a table that is named, or whose columns are, is read"
cat >saying.csv <<'CSV'
author,said
Ines,We hope for the best.
Omar,So does the patient.
Ines,Good to hear of it.
Omar,It is indeed good.
CSV
mkdir -p named
cp saying.csv talks/one.txt named
is "$(files named)" 'one.txt '
is "$(files named --column speaker=author --column text=said)" 'one.txt saying.csv '
is "$(files named/saying.csv --column speaker=author --column text=said)" 'saying.csv '

it "a table that is damaged is an error that names the line"
mkdir damaged
{ cat mixed/table.csv; echo 'Ines,"never closed'; } >damaged/table.csv
cp talks/one.txt damaged
attune score -l lexicon.yml damaged -o out-damaged
code_is 1
err_has 'damaged/table.csv:6'
err_has '1 skipped'

it "recordings beside their transcripts do no harm"
printf 'RIFF1234WAVE' >mixed/one.wav
printf 'ID3\3' >mixed/one.mp3
is "$(files mixed)" 'lines.jsonl one.txt service.json table.csv '
err_empty
rm mixed/one.wav mixed/one.mp3

it "one talk in several forms: those that cannot be read are in nobody's way"
printf '%%PDF-1.4\n' >mixed/one.pdf
is "$(files mixed)" 'lines.jsonl one.txt service.json table.csv '
err_empty
rm mixed/one.pdf

it "those that can are an error that says how to choose"
printf 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ines>Hope.\n' >mixed/one.vtt
cp mixed/one.vtt mixed/table.vtt
attune score -l lexicon.yml mixed
code_is 3
out_empty
err_has 'mixed/one.txt and mixed/one.vtt'
err_has "name those to be read ('mixed/*.txt')"
err_has 'so it is with 1 more'
