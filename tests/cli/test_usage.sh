. "$PROJECT/tests/cli/lib.sh"
make_study

it "no arguments: the overview on stderr, exit code 2"
attune
code_is 2
out_empty
err_has 'Usage: attune COMMAND'

for words in --help -h help; do
    it "attune $words: the overview on stdout"
    attune $words
    code_is 0
    err_empty
    out_has 'Usage: attune COMMAND'
    out_has 'Exit codes:'
    for command in score kwic merge 'lexicon list' 'lexicon show' 'lexicon check' 'lexicon compile' 'lexicon convert' formats; do
        out_has "  $command "
    done
done

for command in score kwic merge 'lexicon list' 'lexicon show' 'lexicon check' 'lexicon compile' 'lexicon convert' formats; do
    it "attune $command --help explains it, wherever --help stands"
    attune $command --help
    code_is 0
    err_empty
    out_has "Usage: attune $command"
    out_has 'Examples:'
    out_has 'Exit codes:'
    mv out first
    attune help $command
    code_is 0
    same out first
    attune $command something -h
    code_is 0
    same out first
done

it "help texts fit into 100 columns"
for command in '' score kwic merge 'lexicon list' 'lexicon show' 'lexicon check' 'lexicon compile' 'lexicon convert' formats; do
    attune help $command
    [ "$(wc -L <out)" -le 100 ] || fail "$(wc -L <out) columns in the help of '$command'"
done

it "attune lexicon --help and attune help lexicon list its commands"
attune lexicon --help
code_is 0
out_has 'attune lexicon check'
mv out first
attune help lexicon
code_is 0
same out first

it "attune --version names attune and its engines"
attune --version
code_is 0
is "$(head -n 1 out)" "attune $(sed -n 's/^#define ATTUNE_VERSION "\(.*\)"/\1/p' "$PROJECT/include/attune/version.h")"
for engine in ICU Unicode PCRE2; do out_has "$engine"; done

# usage_error EXPECTED WORDS...
usage_error() {
    local expected=$1
    shift
    it "attune $*: $expected"
    attune "$@"
    code_is 2
    out_empty
    err_has "$expected"
    is "$(wc -l <err)" 1
    is "$(head -c 8 err)" 'attune: '
}

usage_error "did you mean 'score'?" scroe
usage_error "did you mean 'kwic'?" kwick talks
usage_error "did you mean 'lexicon check'?" lexicon chekc
usage_error "list, show, check, compile or convert" lexicon
usage_error "list, show, check, compile and convert" lexicon frobnicate
usage_error "'attune --help' lists the commands" frobnicate
usage_error "did you mean 'merge'?" help mrge
usage_error "unknown option '--threads'; options of a command stand behind it" --threads 2 score talks
usage_error "did you mean '--speakers'?" score --speaker speakers.csv talks
usage_error "did you mean '--lexicon'?" score --lexikon=x talks
usage_error "unknown option '-x'" score -x talks
usage_error "unknown option '-lx'" score -lx talks
usage_error "unknown option '--resume'" score --resume talks
usage_error "needs a value; write --threads=N" score talks --threads
usage_error "needs a value; write --output=DIR" score -o --quiet talks
usage_error "empty value" score --lang= talks
usage_error "empty value" score -o '' talks
usage_error "takes no value" score --quiet=yes talks
usage_error "choose one of local|global" score --labels both talks
usage_error "choose one of table|csv" score --as json talks
usage_error "choose one of speakers|scores" score --table hits talks
usage_error "--speakers is given twice" score --speakers a --speakers b talks
usage_error "from 1 to 4096" score --threads 0 talks
usage_error "from 1 to 4096" score --threads ' 2' talks
usage_error "from 1 to 4096" score --threads 2x talks
usage_error "from 1 to 4096" score --threads -2 talks
usage_error "from 1 to 4096" score --threads 99999999999999999999 talks
usage_error "from 0 to 1000" kwic --context many talks
usage_error "nothing to score" score
usage_error "nothing to look through" kwic
usage_error "nothing to merge" merge
usage_error "no lexicon to show" lexicon show
usage_error "no lexicon to check" lexicon check
usage_error "no lexicon to compile" lexicon compile
usage_error "did you mean 'lexicon compile'?" lexicon compiel
usage_error "takes no arguments" lexicon list en
usage_error "did you mean 'txt'?" score --format text talks
usage_error "'attune formats' lists them" score --format wordperfect talks

it "options stand anywhere, --name=VALUE and --name VALUE are the same, -- ends them"
attune score -l lexicon.yml --speakers speakers.csv talks
code_is 0
mv out first
attune score talks --speakers=speakers.csv --lexicon=lexicon.yml
code_is 0
same out first
attune score --speakers speakers.csv --lexicon lexicon.yml -- talks
code_is 0
same out first

it "behind -- a name may begin with dashes"
cp talks/one.txt ./--threads.txt
attune score -l lexicon.yml -- --threads.txt
code_is 0
out_has '--threads/Ines'

it "attune formats: CSV in a pipe"
attune formats
code_is 0
is "$(head -n 1 out)" 'format,use,extensions,description'
out_has 'txt,read,'
out_has 'csv,write,'

it "attune formats --as table: aligned"
attune formats --as table
code_is 0
out_has 'txt       read   txt text'

for words in '--help' '--version' 'formats' 'score -l lexicon.yml talks' 'kwic -l lexicon.yml talks' \
    'lexicon list' 'lexicon check lexicon.yml' 'lexicon compile lexicon.yml'; do
    it "attune $words: a stdout that cannot be written is exit code 4"
    "$ATTUNE" $words >/dev/full 2>err
    code=$?
    code_is 4
    err_has 'standard output could not be written'
    it "attune $words: a closed stdout is exit code 4"
    "$ATTUNE" $words >&- 2>err
    code=$?
    code_is 4
    err_has 'standard output could not be written'
done

it "a reader that has had enough (head) is no error"
for i in $(seq 3000); do echo 'Ines: The patient, the patient, the patient, and hope.'; done >long.txt
{ "$ATTUNE" kwic -l lexicon.yml long.txt; } 2>err | head -n 2 >out
out_lines 2
err_empty

it "the same where the parent ignores SIGPIPE"
(
    trap '' PIPE
    "$ATTUNE" kwic -l lexicon.yml long.txt 2>err | head -n 2 >out
)
out_lines 2
err_empty

it "with stdin and stderr closed, results stay whole"
"$ATTUNE" score --study study.yml -o closed <&- >/dev/null 2>&-
code=$?
code_is 0
attune score --study study.yml -o open
same closed/scores.csv open/scores.csv
