# Encodings: text in any of them gives what it gives in UTF-8.
. "$PROJECT/tests/cli/lib.sh"
make_lexicon
command -v iconv >/dev/null || { it "all encodings"; skip "iconv is not here"; exit; }
score() {
    attune score -l lexicon.yml "$@"
}
mkdir plain
cat >plain/talk.txt <<'TEXT'
Zoë: The diagnosis came first, naïvely, and the patient hoped. “Hope” – café.
Jürgen: I hope she will tell us about her lived experience in Gießen, über alles.
Zoë: The patient has hope.
TEXT
score plain/talk.txt -o expected

# same_as_plain FILE [OPTION]...: scored as the text in UTF-8.
same_as_plain() {
    score "$@" -o "out-$test_number"
    code_is 0
    same "out-$test_number/scores.csv" expected/scores.csv
    test_number=$((test_number + 1))
}
test_number=1

for encoding in UTF-16LE UTF-16BE UTF-32LE UTF-32BE; do
    it "$encoding with a byte order mark"
    mkdir -p "$encoding"
    { printf '\xef\xbb\xbf'; cat plain/talk.txt; } | iconv -f UTF-8 -t "$encoding" >"$encoding/talk.txt"
    same_as_plain "$encoding/talk.txt"
    err_lacks warning
    err_lacks guess
    grep -qF "\"encoding\":\"$encoding\"" "out-$((test_number - 1))/manifest.json" || fail "the manifest does not say it"
done

for encoding in UTF-16LE UTF-16BE; do
    it "$encoding without one"
    mkdir -p "$encoding-bare"
    iconv -f UTF-8 -t "$encoding" plain/talk.txt >"$encoding-bare/talk.txt"
    same_as_plain "$encoding-bare/talk.txt"
    err_lacks guess
done

it "UTF-8 with one mark, and with two"
mkdir -p one two
{ printf '\xef\xbb\xbf'; cat plain/talk.txt; } >one/talk.txt
{ printf '\xef\xbb\xbf\xef\xbb\xbf'; cat plain/talk.txt; } >two/talk.txt
same_as_plain one/talk.txt
same_as_plain two/talk.txt

it "an old encoding is guessed, with a warning that names the guess and the remedy"
mkdir -p old
iconv -f UTF-8 -t WINDOWS-1252 plain/talk.txt >old/talk.txt
same_as_plain old/talk.txt
err_has old/talk.txt
err_has windows-1252
err_has --encoding

it "--encoding overrules, and nothing is guessed"
same_as_plain old/talk.txt --encoding windows-1252
err_lacks guess
mkdir -p dos
iconv -f UTF-8 -t CP850 <plain/talk.txt 2>/dev/null >dos/talk.txt || sed 's/[“”–]/-/g' plain/talk.txt |
    iconv -f UTF-8 -t CP850 >dos/talk.txt
score dos/talk.txt --encoding CP850 --table scores
code_is 0
out_has 'talk/Jürgen'

it "the study says it too"
cat >study.yml <<'YAML'
inputs: [old/talk.txt]
lexicons: [lexicon.yml]
encoding: windows-1252
YAML
attune score --study study.yml -o from-study
code_is 0
same from-study/scores.csv expected/scores.csv
err_lacks guess

it "Cyrillic and Japanese in their old encodings"
for pair in WINDOWS-1251:Анна KOI8-R:Анна SHIFT_JIS:花子 EUC-JP:花子; do
    case ${pair#*:} in
    Анна) text='Сегодня мы говорили о жизни и о надежде, и все было хорошо, потому что мы встретились снова.' ;;
    *) text='今日は人生と希望について話しました。とても良い日でした。また会えてうれしいです。ありがとうございます。' ;;
    esac
    for _ in 1 2 3 4; do printf '%s: %s\n' "${pair#*:}" "$text"; done | iconv -f UTF-8 -t "${pair%:*}" >guessed.txt
    score guessed.txt --table scores
    code_is 0
    out_has "guessed/${pair#*:}"
    err_has --encoding
done

it "an encoding that there is not"
score plain/talk.txt --encoding klingon
code_is 2
err_has klingon
out_empty

it "a file that is UTF-8 at first and something else later: U+FFFD, counted"
mkdir -p mixed
{
    yes 'Ines: The patient has hope, dear Zoë, and that is all there is to say about it.' | head -n 4000
    printf 'Ines: The caf\xe9 and the patient.\n'
} >mixed/talk.txt
score mixed/talk.txt -o mixed-out
code_is 0
err_has mixed/talk.txt
grep -qF '"ill_formed_utf8":1' mixed-out/manifest.json || fail "not counted"

it "ill-formed UTF-16 is counted too"
mkdir -p odd
{ printf '\xff\xfe'; printf 'Ines: The patient.\n' | iconv -f UTF-8 -t UTF-16LE; printf '\x00\xd8'; printf 'x\n' | iconv -f UTF-8 -t UTF-16LE; } \
    >odd/talk.txt
score odd/talk.txt -o odd-out
code_is 0
grep -qF '"ill_formed_utf8":1' odd-out/manifest.json || fail "not counted"

it "a binary file is no text in an old encoding"
head -c 200000 "$ATTUNE" >binary.txt
score plain/talk.txt binary.txt --table scores
code_is 1
err_has binary.txt
err_lacks windows-125

it "a large file that is decoded gives the same by any number of threads, and what it gives in UTF-8"
mkdir -p large large16
for _ in 1 2 3 4 5 6; do
    cat plain/talk.txt
    yes 'Zoë: The patient has hope, and that is all there is to say about it, dear Jürgen.' | head -n 9000
done >large/talk.txt
{ printf '\xef\xbb\xbf'; cat large/talk.txt; } | iconv -f UTF-8 -t UTF-16LE >large16/talk.txt
score large/talk.txt -o large-plain
for threads in 1 3; do
    score large16/talk.txt -o "large-$threads" --threads "$threads"
    code_is 0
    same "large-$threads/scores.csv" large-plain/scores.csv
done
same large-1/tallies.att large-3/tallies.att

it "in archives and compressed files"
if ! command -v gzip >/dev/null; then
    skip "gzip is not here"
else
    mkdir -p zipped
    gzip -c UTF-16LE/talk.txt >zipped/talk.txt.gz
    same_as_plain zipped/talk.txt.gz
fi
