# attune convert: transcripts between formats.
. "$PROJECT/tests/cli/lib.sh"

mkdir -p talks/week
printf 'Ann: Hello [laughs] there.\nBo: =Yes.\nAnn: "Well", she said.\n' >talks/one.txt
printf 'WEBVTT\n\n00:01.000 --> 00:02.500\n<v Cleo>Good\n\n00:03.000 --> 00:04.000\n<v Cleo>morning.\n' >talks/week/two.vtt

it "jsonl: a turn a line, notes left out, times where there are some"
attune convert --to jsonl talks
code_is 0
err_empty
out_lines 4
out_has '"transcript":"one"'
out_has '"speaker":"Ann"'
out_has '"start_ms":1000,"end_ms":4000'
out_has 'Good morning.'
out_lacks laughs

for format in jsonl csv; do
    it "$format: converting twice is the identity"
    attune convert --to $format talks
    cp out "once.$format"
    attune convert --to $format "once.$format"
    code_is 0
    same out "once.$format"
done

for format in jsonl csv; do
    it "$format: converting twice is the identity, whatever the format it came from"
    attune convert --to $format "$PROJECT/tests/cases"
    cp out "once.$format"
    attune convert --to $format "once.$format"
    code_is 0
    same out "once.$format"
done

for format in txt vtt; do
    it "$format: what was converted twice stays as it is"
    attune convert --to $format -o "$format.1" "$PROJECT/tests/cases"
    attune convert --to $format -o "$format.2" "$format.1"
    attune convert --to $format -o "$format.3" "$format.2"
    code_is 0
    is "$(diff -r "$format.2" "$format.3")" ""
    is "$(find "$format.3" -type f | wc -l)" "$(find "$format.1" -type f | wc -l)"
done

it "what is converted is scored as the source is"
printf 'name: small\nlanguage: en\nmarkers:\n  m: [hello, good, well]\n' >lexicon.yml
attune score -l lexicon.yml --table scores --as csv talks/one.txt
cp out direct
attune convert --to jsonl -o one.jsonl talks/one.txt
code_is 0
attune score -l lexicon.yml --table scores --as csv one.jsonl
same out direct

it "txt and vtt: one file a transcript, below the folder"
attune convert --to txt -o plain talks
code_is 0
out_empty
is "$(cd plain && find . -type f | sort | tr '\n' ' ')" "./one.txt ./week/two.txt "
attune formats --as csv plain
out_has 'Cleo'
attune convert --to vtt talks/week/two.vtt
out_has 'WEBVTT'
out_has '<v Cleo>'

it "txt of several needs a folder: exit code 2"
attune convert --to txt talks
code_is 2
out_empty
err_has '-o'

it "an unknown format, none, or no input: exit code 2"
attune convert --to docx talks
code_is 2
attune convert talks
code_is 2
attune convert --to jsonl
code_is 2

it "what cannot be read is named and the rest converted: exit code 1"
printf '%%PDF-1.4\n' >talks/scan.txt
attune convert --to jsonl talks
code_is 1
err_has scan.txt
out_lines 4
