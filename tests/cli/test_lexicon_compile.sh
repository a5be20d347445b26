. "$PROJECT/tests/cli/lib.sh"
make_study

# Patterns that are dear to compile; $1: the file.
make_patterns() {
    cat >"$1" <<'YAML'
name: patterns
language: en
markers:
  tech:
    pole: technical
    entries:
      - "*a*gno*"
      - "?atien?"
      - regex: (re)?assess(ment|ed)?
  app:
    pole: appreciative
    entries:
      - hope*
      - {term: "?e?", case: exact}
      - "* experience"
YAML
}
make_patterns patterns.yml
cache=$PWD/cache
export XDG_CACHE_HOME=$cache

it "compile: says where the file lies and how large it is"
attune lexicon compile patterns.yml
code_is 0
err_empty
is "$(head -n 1 out)" 'lexicon,patterns,bytes,file,note'
out_lines 2
IFS=, read -r name patterns bytes file note < <(tail -n 1 out)
is "$name $patterns $note" 'patterns.yml 4 made'
is "$file" "$cache/attune/$(basename "$file")"
is "$(stat -c '%s %a' "$file")" "$bytes 600"
is "$(stat -c %a "$cache/attune")" 700

it "compile: what is there already is left alone"
before=$(stat -c '%i %y' "$file")
attune lexicon compile patterns.yml
code_is 0
is "$(tail -n 1 out)" "patterns.yml,4,$bytes,$file,there already"
is "$(stat -c '%i %y' "$file")" "$before"

it "compile: words, phrases and most globs need no file"
attune lexicon compile lexicon.yml en/peer-support --as table
code_is 0
out_lines 3
out_has 'nothing to compile: every entry is found by hash'
printf 'name: few\nlanguage: en\nmarkers:\n  m: ["*diagnos*", "*patient*"]\n' >few.yml
attune lexicon compile few.yml
code_is 0
is "$(tail -n 1 out)" 'few.yml,2,,,compiled faster than a file is read'
is "$(ls "$cache/attune")" "$(basename "$file")"

it "score: the same bytes with a cache, without, with a damaged one, and with one that cannot be made"
score() { attune score -l patterns.yml -l lexicon.yml --table scores --as csv talks; }
score
code_is 0
err_empty
mv out expected
grep -q '^one/Ines,.*tech,' expected || fail "$(cat expected)"
rm -r "$cache"
score
code_is 0
err_empty
same out expected
is "$(ls "$cache/attune" | wc -l)" 1
for damage in 'head -c 100' 'head -c 0' 'cat - /dev/null; echo x' 'tr a b' 'head -c 5000 /dev/zero'; do
    cp "$file" whole
    bash -c "$damage" <whole >"$file"
    score
    code_is 0
    err_empty
    same out expected
    same "$file" whole
done
for nowhere in /dev/null /nonexistent/folder "$PWD/talks/one.txt" relative; do
    HOME='' XDG_CACHE_HOME=$nowhere score
    code_is 0
    err_empty
    same out expected
done
[ ! -e relative ] || fail "a relative XDG_CACHE_HOME is used"

it "ATTUNE_CACHE=off: neither read nor written"
rm -r "$cache"
export ATTUNE_CACHE=off
score
code_is 0
same out expected
[ ! -e "$cache" ] || fail "something was written"
attune lexicon compile patterns.yml
code_is 4
err_has "what 'patterns.yml' compiles to is not kept: there is no cache: ATTUNE_CACHE is 'off'"
out_has 'patterns.yml,4,,,not kept'
attune lexicon compile lexicon.yml
code_is 0
unset ATTUNE_CACHE

it "without XDG_CACHE_HOME it lies below the home"
mkdir home
env -u XDG_CACHE_HOME HOME="$PWD/home" "$ATTUNE" lexicon compile patterns.yml >out 2>err </dev/null
code=$?
code_is 0
is "$(ls home/.cache/attune | wc -l)" 1

it "compile: a folder that others may write to is not used, and the remedy is told"
attune lexicon compile patterns.yml
code_is 0
chmod 777 "$cache/attune"
attune lexicon compile patterns.yml
code_is 4
err_has "$cache/attune: is not to be trusted"
err_has chmod
score
code_is 0
err_empty
same out expected
chmod 700 "$cache/attune"

it "compile: a link in the place of the file is not followed"
mv "$file" elsewhere
ln -s "$PWD/elsewhere" "$file"
attune lexicon compile patterns.yml
code_is 0
out_has ,made
[ ! -L "$file" ] || fail "still a link"
same "$file" elsewhere

it "a cache folder that cannot be written to: no word from score, exit code 4 from compile"
if can_be_nobody; then
    mkdir locked
    [ "$(id -u)" -ne 0 ] || chown 65534:65534 locked
    chmod 500 locked
    XDG_CACHE_HOME=$PWD/locked as_nobody "$ATTUNE" score -l patterns.yml -l lexicon.yml --table scores --as csv talks \
        >out 2>err </dev/null
    code=$?
    code_is 0
    err_empty
    same out expected
    XDG_CACHE_HOME=$PWD/locked as_nobody "$ATTUNE" lexicon compile patterns.yml >out 2>err </dev/null
    code=$?
    code_is 4
    err_has 'Permission denied'
    is "$(find locked | wc -l)" 1
else
    skip "cannot be run as nobody here"
fi

it "a full disk while the cache is written is no error of the run"
if grep -q __tsan_init "$ATTUNE"; then
    skip "ThreadSanitizer cannot map its own memory under a limit of file sizes"
else
    rm -r "$cache"
    (
        ulimit -f 8
        exec "$ATTUNE" score -l patterns.yml -l lexicon.yml --table scores --as csv talks >out 2>err </dev/null
    )
    code=$?
    code_is 0
    err_empty
    same out expected
    is "$(find "$cache" -type f | wc -l)" 0
fi

it "compile: several, up to one that does not load"
printf 'name: bad\nlanguage: en\nmarkers:\n  m:\n    - regex: "("\n' >bad.yml
attune lexicon compile patterns.yml bad.yml lexicon.yml
code_is 3
out_lines 2
out_has patterns.yml,
err_has 'bad.yml:5:14: bad regex: '
attune lexicon compile nowhere.yml
code_is 3
out_empty
err_has nowhere.yml
