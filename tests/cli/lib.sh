# Helpers of the end-to-end tests; a script sources this first.
#
#     it "names a missing file and goes on"
#     attune score missing.txt good.txt
#     code_is 1
#     err_has 'missing.txt'
#
# A test ends where the next begins. Output of the last run: files out and err, exit code $code.
set -u

test_name=
test_failed=

it() {
    end_test
    test_name=$1
    test_failed=
}

end_test() {
    [ -n "$test_name" ] || return 0
    if [ -z "$test_failed" ]; then echo "ok $test_name"; fi
    test_name=
}
trap end_test EXIT

# fail REASON: the first one names the test.
fail() {
    [ -n "$test_failed" ] || echo "FAIL $test_name"
    test_failed=1
    printf '%s\n' "$@" | sed 's/^/    /'
}

# skip REASON: for a test that this machine cannot run.
skip() {
    echo "skip $test_name: $1"
    test_name=
}

# Can the program be run as somebody who may not read and write everything?
can_be_nobody() {
    [ "$(id -u)" -ne 0 ] || as_nobody test -x "$ATTUNE" 2>/dev/null
}

as_nobody() {
    if [ "$(id -u)" -eq 0 ]; then
        setpriv --reuid=65534 --regid=65534 --clear-groups "$@"
    else
        "$@"
    fi
}

attune() {
    "$ATTUNE" "$@" >out 2>err </dev/null
    code=$?
}

code_is() {
    [ "$code" -eq "$1" ] || fail "exit code $code, expected $1" "stderr: $(head -c 1000 err)"
}
out_has() {
    grep -qF -e "$1" out || fail "stdout lacks: $1" "stdout: $(head -c 1000 out)"
}
out_lacks() {
    if grep -qF -e "$1" out; then fail "stdout should not have: $1"; fi
}
err_has() {
    grep -qF -e "$1" err || fail "stderr lacks: $1" "stderr: $(head -c 1000 err)"
}
err_lacks() {
    if grep -qF -e "$1" err; then fail "stderr should not have: $1" "stderr: $(head -c 1000 err)"; fi
}
out_empty() {
    [ ! -s out ] || fail "stdout should be empty: $(head -c 300 out)"
}
err_empty() {
    [ ! -s err ] || fail "stderr should be empty: $(head -c 300 err)"
}
out_lines() {
    [ "$(wc -l <out)" -eq "$1" ] || fail "$(wc -l <out) lines on stdout, expected $1" "$(head -n 10 out)"
}
same() {
    cmp -s "$1" "$2" || fail "$1 and $2 differ" "$(diff "$1" "$2" | head -n 10)"
}
is() {
    [ "$1" = "$2" ] || fail "'$1' should be '$2'"
}

# column NAME FILE: the values of a column of a CSV file that has no quoted commas.
column() {
    awk -F, -v name="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i == name) at = i; next } { print at ? $at : "?" }' \
        "$2"
}

# in_terminal COLUMNS COMMAND: runs it in a pseudo-terminal of that width; all it writes is in `out`.
in_terminal() {
    local columns=$1
    shift
    script -qec "stty cols $columns rows 40; $*" /dev/null >out 2>err </dev/null
    code=$?
}

make_lexicon() {
    cat >"${1:-lexicon.yml}" <<'YAML'
name: small
language: en
version: "1"
markers:
  tech:
    label: Technical language
    pole: technical
    entries:
      - diagnos*
      - patient
      - risk assessment
  app:
    label: Appreciative language
    pole: appreciative
    entries:
      - hope*
      - lived experience
YAML
}

# Two transcripts of two people, and who they are.
make_study() {
    mkdir -p talks
    cat >talks/one.txt <<'TEXT'
Ines: The diagnosis came first, then the risk assessment. The patient waited.
Omar: I hope she will tell us about her lived experience.
Ines: The patient has hope.
TEXT
    cat >talks/two.txt <<'TEXT'
Ines: Her hopes and her lived experience come first now.
Omar: And the diagnosis comes later.
TEXT
    cat >speakers.csv <<'TABLE'
transcript,label,speaker,role,period
one,Ines,Ines Faro,nurse,before
two,Ines,Ines Faro,nurse,after
one,Omar,Omar Lind,peer worker,before
two,Omar,Omar Lind,peer worker,after
TABLE
    cat >study.yml <<'YAML'
name: small study
inputs: [talks]
lexicons: [lexicon.yml]
speakers: speakers.csv
YAML
    make_lexicon
}
