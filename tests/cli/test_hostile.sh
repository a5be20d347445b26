# What is damaged, disguised or made to do harm: named with its place and the remedy, the others are read, and the manifest
# counts it.
. "$PROJECT/tests/cli/lib.sh"
make_study
attune score -l lexicon.yml talks/one.txt -o whole

# refused FILE WORDS...: it beside a good one.
refused() {
    local file=$1
    shift
    rm -rf both
    timeout 120 "$ATTUNE" score -l lexicon.yml talks/one.txt "$file" -o both >out 2>err </dev/null
    code=$?
    code_is 1
    err_has "attune: $file"
    for word in "$@"; do err_has "$word"; done
    err_has '1 transcript, '
    err_has '1 skipped'
    same both/scores.csv whole/scores.csv
    grep -qF '"skipped":1' both/manifest.json || fail "the manifest does not count it: $(grep counts both/manifest.json)"
    grep -qF -- "$file" both/manifest.json || fail "the manifest does not name it"
}

it "a truncated zip"
zip -qr whole.zip talks
head -c $(($(stat -c %s whole.zip) * 2 / 3)) whole.zip >cut.zip
refused cut.zip 'cut' ';'

it "a zip bomb"
mkdir bomb
head -c 60000000 /dev/zero | tr '\0' 'a' >bomb/a.txt
zip -q9r bomb.zip bomb/a.txt
rm -rf both
attune score -l lexicon.yml talks/one.txt bomb.zip -o both
code_is 1
err_has 'bomb.zip'
err_has '--max-ratio'
err_has '1 skipped'
same both/scores.csv whole/scores.csv

# laughs ROOT: ten entities, each ten times the one before.
laughs() {
    echo '<?xml version="1.0"?>'
    echo '<!DOCTYPE x ['
    echo '<!ENTITY a0 "ha">'
    for i in 1 2 3 4 5 6 7 8 9; do
        printf '<!ENTITY a%d "' "$i"
        for _ in 1 2 3 4 5 6 7 8 9 10; do printf '&a%d;' $((i - 1)); done
        echo '">'
    done
    echo ']>'
    echo "$1"
}

it "a billion laughs, in each XML format"
laughs '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u who="#A">&a9;</u></body></text></TEI>' >laughs.xml
refused laughs.xml 'laughs.xml:' 'entit' ';'
laughs '<ANNOTATION_DOCUMENT><TIER TIER_ID="A"><ANNOTATION><ALIGNABLE_ANNOTATION><ANNOTATION_VALUE>&a9;</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>' >laughs.eaf
refused laughs.eaf 'laughs.eaf:' 'entit' ';'
laughs '<Trans><Episode><Section><Turn><Sync time="0"/>&a9;</Turn></Section></Episode></Trans>' >laughs.trs
refused laughs.trs 'laughs.trs:' 'entit' ';'

it "a billion laughs in a Word document"
mkdir -p word/word
laughs '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&a9;</w:t></w:r></w:p></w:body></w:document>' >word/word/document.xml
echo '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>' >'word/[Content_Types].xml'
(cd word && zip -qr ../laughs.docx .)
refused laughs.docx 'entit' ';'

it "an external entity is not fetched"
echo 'the hope of others' >secret
sed "s:SECRET:$PWD/secret:" >outside.xml <<'XML'
<?xml version="1.0"?>
<!DOCTYPE TEI [<!ENTITY secret SYSTEM "file://SECRET">]>
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u who="#A">Well. &secret;</u></body></text></TEI>
XML
refused outside.xml 'outside.xml:3' 'secret' ';'
attune convert --to jsonl outside.xml
out_lacks 'hope of others'

it "a DTD elsewhere is not fetched, and the file read"
sed "s:SECRET:$PWD/secret:" >dtd.xml <<'XML'
<?xml version="1.0"?>
<!DOCTYPE TEI SYSTEM "file://SECRET">
<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u who="#A">We hope.</u></body></text></TEI>
XML
strace -f -e trace=open,openat,connect -o calls "$ATTUNE" convert --to jsonl dtd.xml >out 2>err ||
    "$ATTUNE" convert --to jsonl dtd.xml >out 2>err
out_has 'We hope.'
if [ -s calls ] && grep -qF '/secret' calls; then fail "it was opened: $(grep /secret calls)"; fi

it "JSON ten million levels deep"
head -c 10000000 /dev/zero | tr '\0' '[' >deep.json
refused deep.json 'deep.json:1:' 'levels deep' ';'
yes '{"a":' | head -n 2000000 | tr -d '\n' >deep-objects.json
refused deep-objects.json 'deep-objects.json:1:' 'levels deep' ';'
mkdir deep
cp deep.json talks/one.txt deep
attune score -l lexicon.yml deep -o both
code_is 1
err_has 'deep/deep.json:1:'
{
    printf '{"speaker":"A","text":'
    head -c 10000000 /dev/zero | tr '\0' '['
} >deep.jsonl
refused deep.jsonl 'deep.jsonl:1' 'deep' ';'

it "XML a million levels deep"
{
    printf '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><u who="#A">'
    head -c 3000000 /dev/zero | sed 's/\x0\x0\x0/<s>/g'
} >deep.xml
refused deep.xml 'deep.xml:1' ';'

it "a docx that is a renamed PDF, a picture, an old Word file"
printf '%%PDF-1.7\n%%\xe2\xe3\xcf\xd3\n1 0 obj\n' >renamed.docx
refused renamed.docx 'is a PDF file' 'extract its text'
printf '\x89PNG\r\n\x1a\n0000' >picture.txt
refused picture.txt 'is a picture' ';'
printf '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe10000' >old.docx
refused old.docx 'old word processor' ';'

it "a wrong extension does no harm: the content decides"
mkdir names
printf 'WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ines>We hope.\n' >names/cues.txt
printf '1\n00:00:01,000 --> 00:00:02,000\nInes: We hope.\n' >names/titles.vtt
printf '@UTF8\n@Begin\n*INE:\twe hope .\n@End\n' >names/chat.docx
printf 'Ines: We hope.\nOmar: The patient.\nInes: Yes.\n' >names/plain.srt
attune formats --as csv names
code_is 0
is "$(tail -n +2 out | cut -d, -f2 | tr '\n' ' ')" 'cha vtt txt srt '

it "mixed encodings: what is ill-formed is U+FFFD, counted and named"
{
    for _ in $(seq 20); do printf 'Ines: Die H\xc3\xb6rerin hofft, sagt sie.\n'; done
    printf 'Omar: The h\xf6pe of hope.\n'
} >mixed.txt
attune score -l lexicon.yml mixed.txt -o mixed
code_is 0
err_has 'mixed.txt'
grep -q '"ill_formed_utf8":1' mixed/manifest.json || fail "not in the manifest"

it "two byte order marks"
printf '\xef\xbb\xbf\xef\xbb\xbfInes: We hope.\nOmar: Yes.\n' >marks.txt
attune convert --to csv marks.txt
code_is 0
out_has 'marks,1,Ines,,,We hope.'
printf '\xff\xfe\xff\xfeI\0:\0 \0h\0o\0p\0e\0.\0\n\0' >marks16.txt
attune convert --to csv marks16.txt
code_is 0
out_has 'marks16,1,I,,,hope.'

it "a speaker table whose labels fit nothing is said, with what there is"
printf 'transcript,label,speaker\none,Inez,Ines Faro\none,Omer,Omar Lind\n' >none.csv
attune score -l lexicon.yml --speakers none.csv talks/one.txt -o none
code_is 1
err_has 'none.csv'
err_has 'Inez'
err_has 'Ines'
