. "$PROJECT/tests/cli/lib.sh"
make_study

# Two generations of results that differ in every file; a run of the second is killed at any moment.
for i in $(seq 400); do cat talks/one.txt; done >many.txt
attune score -l lexicon.yml many.txt -o old --quiet
attune score -l lexicon.yml many.txt talks/two.txt -o new --quiet

it "kill -9 at any moment leaves every file whole: the old one or the new one"
rm -rf results
cp -r old results
killed=0
for i in $(seq 60); do
    "$ATTUNE" score -l lexicon.yml many.txt talks/two.txt -o results --quiet >/dev/null 2>&1 &
    sleep "0.0$((i % 10))"
    kill -9 $! 2>/dev/null && killed=$((killed + 1))
    wait $! 2>/dev/null
    for file in scores.csv speakers.csv tallies.att; do
        cmp -s results/$file old/$file || cmp -s results/$file new/$file ||
            fail "$file is neither the old nor the new one after kill $i"
    done
done
[ "$killed" -gt 0 ] || fail "no run was killed"

it "the next run after a kill is as if nothing had been"
attune score -l lexicon.yml many.txt talks/two.txt -o results --quiet
code_is 0
for file in scores.csv speakers.csv tallies.att; do same results/$file new/$file; done
is "$(LC_ALL=C ls -A results | tr '\n' ' ')" 'manifest.json scores.csv speakers.csv tallies.att '

it "a full disk is exit code 4 and leaves the previous results whole"
mkdir small
trap 'end_test; umount small 2>/dev/null' EXIT
if ! mount -t tmpfs -o size=64k none small 2>/dev/null; then
    skip "no file system can be mounted here"
else
    attune score -l lexicon.yml talks/one.txt -o small/results --quiet
    code_is 0
    cp -r small/results before
    head -c 1000000 /dev/zero >small/fill 2>/dev/null
    attune score -l lexicon.yml --labels global many.txt talks -o small/results
    code_is 4
    err_has 'small/results'
    err_has 'No space left'
    for file in manifest.json scores.csv speakers.csv tallies.att; do same small/results/$file before/$file; done
    is "$(LC_ALL=C ls -A small/results | wc -l)" 4
    umount small
fi

it "a results folder that may not be written is exit code 4"
if ! can_be_nobody; then
    skip "only root can be had here"
else
    mkdir readonly
    chmod 555 readonly
    as_nobody "$ATTUNE" score -l lexicon.yml talks -o readonly/results >out 2>err
    code=$?
    code_is 4
    err_has readonly
    is "$(ls -A readonly)" ''
fi
