# Compressed files and archives: the same results as from the files in a folder, and every way in which they can be bad.
. "$PROJECT/tests/cli/lib.sh"
make_study
mkdir talks/north
cp talks/two.txt talks/north/three.txt
score() {
    attune score -l lexicon.yml "$@"
}
has() {
    local program
    for program in "$@"; do command -v "$program" >/dev/null || { skip "$program is not here"; return 1; }; done
}
mkdir parent
cp -r talks parent/talks
(cd parent && attune score -l ../lexicon.yml . -o ../whole)

# pack KIND FOLDER: the folder as an archive on standard output.
pack() {
    case $1 in
    zip) (cd "$2" && zip -qr "$PWD/../packed-$$.zip" . && cat "$PWD/../packed-$$.zip" && rm "$PWD/../packed-$$.zip") ;;
    tar) tar -C "$2" -cf - . ;;
    tar.* | tgz) tar -C "$2" -cf - . | compress "${1#tar.}" ;;
    esac
}
compress() {
    case $1 in
    gz | tgz) gzip -c ;;
    zst) zstd -qc ;;
    xz) xz -c ;;
    bz2) bzip2 -c ;;
    esac
}
program() {
    case $1 in
    zip) echo zip ;;
    *gz) echo gzip ;;
    *zst) echo zstd ;;
    *xz) echo xz ;;
    *bz2) echo bzip2 ;;
    *) echo tar ;;
    esac
}

for kind in zip tar tar.gz tgz tar.zst tar.xz tar.bz2; do
    it "a $kind is read as if it were a folder, by any number of threads"
    has tar "$(program "$kind")" || continue
    pack "$kind" talks >"talks.$kind"
    for threads in 1 4; do
        score "talks.$kind" -o "out-$kind-$threads" --threads "$threads"
        code_is 0
        same "out-$kind-$threads/scores.csv" whole/scores.csv
    done
    same "out-$kind-1/tallies.att" "out-$kind-4/tallies.att"
    grep -qF "\"path\":\"talks.$kind/north/three.txt\"" "out-$kind-1/manifest.json" || fail "the manifest lacks a member"
    is "$(grep -o '"xxh3":"[0-9a-f]*"' "out-$kind-1/manifest.json")" "$(grep -o '"xxh3":"[0-9a-f]*"' whole/manifest.json)"
done

it "a zip that was written as a stream"
if has zip; then
    (cd talks && zip -qr - . | cat) >talks-stream.zip
    mkdir -p stream
    mv talks-stream.zip stream/talks.zip
    score stream/talks.zip -o out-stream --threads 2
    code_is 0
    same out-stream/scores.csv whole/scores.csv
fi

for kind in gz zst xz bz2; do
    it "a text in $kind, and the same from standard input"
    has "$(program "$kind")" || continue
    compress "$kind" <talks/one.txt >"one.txt.$kind"
    score talks/one.txt -o plain-one
    score "one.txt.$kind" -o "one-$kind"
    code_is 0
    same "one-$kind/scores.csv" plain-one/scores.csv
    same "one-$kind/tallies.att" plain-one/tallies.att
    "$ATTUNE" score -l lexicon.yml --table scores - <"one.txt.$kind" >out 2>err
    is "$(sed 's/^stdin/one/' out | sort | cksum)" "$(sort plain-one/scores.csv | cksum)"
done

it "a large compressed text is read as a whole"
if has gzip; then
    for _ in 1 2 3 4 5 6 7 8 9; do
        sed 's/hope/hope dear/' talks/one.txt
        yes 'Ines: And the diagnosis comes first, and the patient has hope and 1 2 3.' | head -n 9000
    done >large.txt
    gzip -c large.txt >large.txt.gz
    score large.txt -o large-plain
    score large.txt.gz -o large-packed --max-ratio 1000
    code_is 0
    same large-packed/scores.csv large-plain/scores.csv
fi

it "hidden files, other files and what macOS adds are passed over as in folders"
if has zip; then
    mkdir -p mixed/__MACOSX mixed/.hidden
    cp talks/one.txt mixed/one.txt
    cp talks/one.txt mixed/__MACOSX/._one.txt
    cp talks/one.txt mixed/.hidden/no.txt
    echo 'a,b' >mixed/table.xlsx
    (cd mixed && zip -qr ../mixed.zip .)
    score mixed.zip -o mixed-out --verbose
    code_is 0
    err_has table.xlsx
    err_has '1 transcript, '
    grep -q '^mixed/one/' mixed-out/scores.csv || fail "the transcript is not scored"
fi

it "an archive in a folder lies below the folder"
if has zip; then
    mkdir -p shelf/box
    (cd talks && zip -qr ../shelf/box/talks.zip .)
    score shelf --table scores
    code_is 0
    out_has box/talks/north/three/
fi

it "packed files in archives are unpacked"
if has zip gzip; then
    mkdir -p packed
    gzip -c talks/one.txt >packed/one.txt.gz
    (cd packed && zip -q0r ../packed.zip .)
    score packed.zip --table scores
    code_is 0
    out_has packed/one/
fi

it "the last of a tar's members with one name counts"
if has tar; then
    mkdir -p again
    cp talks/one.txt again/x.txt
    tar -cf again.tar -C again x.txt
    printf 'Ines: Hope.\n' >again/x.txt
    tar -rf again.tar -C again x.txt
    score again.tar --table scores --verbose
    code_is 0
    err_has 'more than once'
    is "$(column tokens out | head -n 1)" 1
fi

it "names that are not ASCII"
if has zip tar; then
    mkdir -p names
    cp talks/one.txt 'names/Gespräch 京都.txt'
    (cd names && zip -qr ../names.zip .)
    tar -C names -cf names.tar .
    for locale in C C.UTF-8; do
        LC_ALL=$locale attune score -l lexicon.yml --table scores names.zip
        out_has 'names/Gespräch 京都/'
        LC_ALL=$locale attune score -l lexicon.yml --table scores names.tar
        out_has 'names/Gespräch 京都/'
    done
fi

# bad NAME REASON [OPTION]...: it is skipped and named, the good one is scored.
bad() {
    local name=$1 reason=$2
    shift 2
    score talks/one.txt "$name" -o good-and-bad "$@"
    code_is 1
    err_has "$name"
    err_has "$reason"
    out_empty
    grep -q '^one/' good-and-bad/scores.csv || fail "the good one is not scored"
}
score talks/one.txt -o plain-one

it "a truncated zip"
if has zip; then
    head -c $(($(stat -c %s talks.zip) - 60)) talks.zip >cut.zip
    bad cut.zip 'get a whole copy'
fi

it "a truncated tar: what lies before the cut is read"
if has tar; then
    head -c 60000 /dev/zero | tr '\0' 'x' | fold -w 60 >talks/zz.txt
    tar -C talks -cf long.tar one.txt two.txt zz.txt
    head -c 20000 long.tar >cut.tar
    bad cut.tar 'behind its first 2 files'
    err_has '3 transcripts, '
    rm talks/zz.txt
fi

for kind in gz zst xz bz2; do
    it "a truncated text and a truncated tar in $kind"
    has tar "$(program "$kind")" || continue
    head -c 300000 /dev/urandom | od -A n -t x1 >noise.txt
    compress "$kind" <noise.txt >"noise.txt.$kind"
    head -c 100000 "noise.txt.$kind" >"cut.txt.$kind"
    bad "cut.txt.$kind" 'get a whole copy'
    tar -cf - talks/one.txt noise.txt talks/two.txt | compress "$kind" >"noise.tar.$kind"
    head -c 100000 "noise.tar.$kind" >"cut.tar.$kind"
    bad "cut.tar.$kind" 'get a whole copy'
done

it "a gz whose checksum is wrong"
if has gzip; then
    gzip -c talks/two.txt >wrong.txt.gz
    printf '\1\2\3\4' | dd of=wrong.txt.gz bs=1 seek=$(($(stat -c %s wrong.txt.gz) - 8)) conv=notrunc 2>/dev/null
    bad wrong.txt.gz 'get a whole copy'
fi

it "a zip whose content is damaged"
if has zip; then
    head -c 3000 /dev/urandom | od -A n -t x1 >damaged.txt
    zip -q0 damaged.zip damaged.txt
    printf 'XXXX' | dd of=damaged.zip bs=1 seek=1000 conv=notrunc 2>/dev/null
    score talks/one.txt damaged.zip -o good-and-bad
    code_is 1
    err_has 'damaged.zip/damaged.txt'
    err_has 'get a whole copy'
fi

it "a bomb: a gz that unpacks to more times its size than the limit, and the remedy"
if has gzip; then
    head -c 50000000 /dev/zero | tr '\0' '\n' | gzip -9 >bomb.txt.gz
    bad bomb.txt.gz '--max-ratio'
fi

it "a bomb in a zip and in a tar.gz"
if has zip tar gzip; then
    head -c 50000000 /dev/zero | tr '\0' '\n' >bomb.txt
    zip -q bomb.zip bomb.txt
    bad bomb.zip '--max-ratio'
    tar -cf - bomb.txt | gzip -9 >bomb.tar.gz
    bad bomb.tar.gz '--max-ratio'
    rm bomb.txt
fi

it "a gz within a gz"
if has gzip; then
    gzip -c bomb.txt.gz >bomb.gz
    bad bomb.gz 'that twice'
fi

it "more members or bytes than the limit"
if has zip tar gzip; then
    bad talks.zip '--max-members' --max-members 2
    bad talks.tar '--max-members' --max-members 2
    yes 'Ines: And the diagnosis comes first, and the patient has hope and 1 2 3.' | head -n 40000 >wide.txt
    zip -q wide.zip wide.txt
    gzip -c wide.txt >wide.txt.gz
    tar -czf wide.tar.gz wide.txt
    bad wide.zip '--max-unpacked' --max-unpacked 1
    bad wide.txt.gz '--max-unpacked' --max-unpacked 1
    bad wide.tar.gz '--max-unpacked' --max-unpacked 1
    score wide.zip wide.txt.gz --max-unpacked 0
    code_is 2
fi

it "an encrypted zip"
if has zip; then
    zip -q -P secret secret.zip talks/two.txt
    bad secret.zip 'encrypted'
fi

it "an archive in an archive"
if has zip; then
    mkdir -p nest
    cp talks/two.txt talks.zip nest
    (cd nest && zip -qr ../nest.zip .)
    bad nest.zip 'holds another archive'
    grep -q '^nest/two/' good-and-bad/scores.csv || fail "the transcript beside it is not scored"
fi

it "a path that leads out of the archive"
if has tar; then
    tar -P -cf out.tar --transform 's,^talks/two,../../two,' talks/two.txt
    bad out.tar 'leads out'
fi

it "an archive that is named like a transcript, and a transcript that is named like an archive"
if has zip; then
    cp talks.zip misnamed.txt
    bad misnamed.txt 'is a zip archive'
    cp talks/two.txt misnamed.zip
    score misnamed.zip --table scores
    code_is 0
    out_has misnamed/
fi

it "an archive without a name that tells"
if has zip; then
    cp talks.zip bundle
    score bundle --table scores
    code_is 0
    out_has bundle/north/three/
fi

it "an empty zip and an archive without transcripts"
if has zip; then
    printf 'PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >empty.zip
    score empty.zip
    code_is 3
    err_has 'no transcript was found'
fi

it "nothing stays behind in the temporary folder"
mkdir temporary
TMPDIR=$PWD/temporary score talks.tar.gz --table scores
code_is 0
is "$(ls -A temporary)" ''

it "a temporary folder that is not there is said"
TMPDIR=$PWD/nowhere score talks.tar.gz --table scores
code_is 4
err_has TMPDIR
