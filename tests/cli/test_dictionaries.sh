# Dictionaries of other programs: loaded as they are, and lexicon convert.
. "$PROJECT/tests/cli/lib.sh"
make_lexicon
printf '%%\n1\tA CATEGORY\n2\tother\n%%\nlittle\t1\nlamb*\t1\t2\nlooking forward\t2\n' >mary.dic
printf 'Ines: Mary had a little lamb.\nOmar: She is looking forward to lambs.\n' >talk.txt

it "score -l DICTIONARY --lang: the same figures as with the lexicon made of it"
attune score -l mary.dic --lang en talk.txt --quiet
code_is 0
err_empty
mv out direct
attune lexicon convert mary.dic mary.yml --lang en
code_is 0
err_empty
out_empty
attune score -l mary.yml talk.txt --quiet
same out direct
is "$(column rate_A_CATEGORY direct | paste -sd ' ')" '400 166.666667'

it "score -l DICTIONARY without --lang says what is missing"
attune score -l mary.dic talk.txt
code_is 2
err_has 'mary.dic: a dictionary (LIWC (.dic)) does not say its language; name it with --lang, such as --lang en'

it "score with a study: its language is the dictionary's"
printf 'inputs: [talk.txt]\nlexicons: [mary.dic]\nlanguage: en\n' >dictionary-study.yml
attune score --study dictionary-study.yml --quiet
code_is 0
same out direct

it "kwic with a dictionary"
attune kwic -l mary.dic --lang en talk.txt --as csv
code_is 0
out_has 'looking forward'

it "lexicon show, check and compile take dictionaries"
attune lexicon show mary.dic --lang en --entries
code_is 0
out_has 'A_CATEGORY'
out_has '- lamb*'
attune lexicon check mary.dic --lang en
code_is 0
is "$(tail -n 1 out)" '0 errors, 0 warnings'
attune lexicon check mary.dic
code_is 3
out_has 'does not say its language'
attune lexicon compile mary.dic --lang en
code_is 0
printf '%%\n1\ta\nword\t1\n' >broken.dic
attune lexicon show broken.dic --lang en
code_is 3
err_has 'broken.dic:3: the list of categories does not end'

it "lexicon convert: to every format and back"
for format in dic dicx cat ykd lcd lc3 csv tsv; do
    attune lexicon convert mary.yml "there.$format"
    code_is 0
    attune lexicon convert "there.$format" mary2.yml --lang en
    code_is 0
    same <(tail -n +2 mary2.yml) <(tail -n +2 mary.yml)
done
attune lexicon convert mary.yml q.yml --to quanteda
code_is 0
attune lexicon convert q.yml mary2.yml --lang en
same <(tail -n +2 mary2.yml) <(tail -n +2 mary.yml)

it "lexicon convert: names what the target cannot hold, exit code 0, with --strict 1"
attune lexicon convert lexicon.yml small.dic
code_is 0
err_has 'LIWC (.dic) does not hold poles: 2, the first is'
[ -s small.dic ] || fail "small.dic was not written"
attune lexicon convert lexicon.yml small.dic --strict
code_is 1
attune lexicon convert mary.dic mary3.yml --lang en --strict
code_is 0

it "lexicon convert: a built-in lexicon, to the standard output, in the format of --to"
attune lexicon convert en/peer-support - --to lc3
code_is 0
out_has '+lang.tech.diag'
err_has 'Lexicoder 3 does not hold'
attune lexicon convert mary.dic codes.txt --to qdc
code_is 0
grep -q 'urn:QDA-XML:codebook:1.0' codes.txt || fail "no codebook"

it "lexicon convert: the same bytes every time"
attune lexicon convert en/peer-support one.ykd
attune lexicon convert en/peer-support two.ykd
same one.ykd two.ykd

it "lexicon convert: encodings are found, and told"
printf 'WETTER\n\tSCH\xd6N (1)\n\tK\xdcHL (1)\n' >wetter.cat
attune lexicon convert wetter.cat - --to csv --verbose
code_is 0
out_has 'WETTER,SCHÖN,1'
err_has 'read as windows-1252'
attune lexicon convert wetter.cat - --to csv --encoding windows-1250
out_has 'SCHÖN'
attune lexicon convert wetter.cat - --to csv --encoding latin-nine-and-a-half
code_is 2
err_has 'unknown encoding'

it "lexicon convert: what is wrong with the command line"
attune lexicon convert mary.dic
code_is 2
err_has "takes two names"
attune lexicon convert mary.dic mary.doc
code_is 2
err_has 'name one with --to: attune, dic'
attune lexicon convert mary.dic mary.csv --to word
code_is 2
attune lexicon convert nowhere.dic x.csv
code_is 3
err_has nowhere.dic

it "lexicon convert: an output that cannot be written leaves the old one whole"
mkdir -p folder/x.csv
attune lexicon convert mary.dic folder/x.csv
code_is 4
attune lexicon convert broken.dic mary.yml --lang en
code_is 3
grep -q A_CATEGORY mary.yml || fail "mary.yml was lost"
