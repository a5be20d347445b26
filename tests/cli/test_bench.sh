# shellcheck shell=bash
# What the benchmarks measure on: corpora and lexicons that are the same every time.
. "$PROJECT/tests/cli/lib.sh"

cc -std=c11 -D_GNU_SOURCE -O1 -o make_corpus "$PROJECT/bench/make_corpus.c" -lm
# shellcheck disable=SC2046 # words are wanted
cc -std=c11 -D_GNU_SOURCE -O1 $(pkg-config --cflags icu-uc) -o make_lexicon "$PROJECT/bench/make_lexicon.c" \
    $(pkg-config --libs icu-uc)

it "make_corpus gives the same bytes for the same seed and others for another, in every language"
for language in en de hi he zh th; do
    words=$PROJECT/bench/words/$language.txt
    ./make_corpus "$words" 0.3 1 >"$language.txt" || fail "$language: exit code $?"
    ./make_corpus "$words" 0.3 1 >again.txt
    ./make_corpus "$words" 0.3 2 >other.txt
    same "$language.txt" again.txt
    if cmp -s "$language.txt" other.txt; then fail "$language: the seed changes nothing"; fi
    iconv -f UTF-8 -t UTF-8 "$language.txt" >/dev/null || fail "$language is not UTF-8"
    [ "$(grep -vc '^[^:]*[^: ]: .' "$language.txt")" -eq 0 ] || fail "$language has lines without a label"
done

it "make_lexicon gives the same bytes every time, as many entries as asked for, in both forms"
for language in en de hi he; do
    ./make_lexicon "$language" 200 "$language.txt" one 2>err || fail "$(cat err)"
    ./make_lexicon "$language" 200 "$language.txt" two 2>err
    sed -i 's/^name: .*/name: x/' one.yml two.yml
    same one.yml two.yml
    same one.tsv two.tsv
    is "$(grep -c . one.tsv)" 200
    is "$(grep -c '^    - ' one.yml)" 200
    is "$(cut -f 2 one.tsv | sort -u | grep -c .)" 200
done

it "a made lexicon has its shares of words, globs and phrases in 20 markers, and three in five entries occur"
./make_lexicon en 200 en.txt one 2>err
err_has '120 of them occur'
is "$(cut -f 1 one.tsv | sort -u | grep -c .)" 20
is "$(grep -c '[*]$' one.tsv)" 60
is "$(grep -c '	[*]' one.tsv)" 10
is "$(grep -c ' ' one.tsv)" 20

it "attune reads what is made, and finds the labels and the entries"
attune lexicon check one.yml
code_is 0
attune score -l one.yml --labels global --table scores --as csv en.txt
code_is 0
is "$(awk -F, 'NR > 1 && $4 > 0 { found[$2] } END { for (m in found) n++; print n }' out)" 20
is "$(sed 1d out | cut -d, -f 1 | sort -u | grep -c .)" "$(sed 's/: .*//' en.txt | sort -u | grep -c .)"
