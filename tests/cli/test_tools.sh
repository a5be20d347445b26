. "$PROJECT/tests/cli/lib.sh"

# A small tree with one include each that is against the rules.
tree() {
    rm -rf tree
    mkdir -p tree/include/attune tree/cli tree/pipeline/{base,model,read,tokenise,lexicon,match,tally,run}
    for header in base/a model/b read/c tokenise/d lexicon/e match/f tally/g run/h; do
        : >"tree/pipeline/$header.h"
    done
    : >tree/include/attune/x.h
    : >tree/cli/own.h
}

# forbidden FILE LINE
forbidden() {
    tree
    printf '/* */\n%s\n' "$2" >"tree/$1"
    if "$PROJECT/tools/check-includes" tree >out 2>err; then fail "$2 in $1 is let through"; fi
    out_has "$1:2: "
}

allowed() {
    tree
    printf '%s\n' "$2" >"tree/$1"
    "$PROJECT/tools/check-includes" tree >out 2>err || fail "$2 in $1 is refused: $(cat out)"
    out_empty
}

it "check-includes refuses what points the wrong way"
forbidden pipeline/base/x.c '#include "model/b.h"'
forbidden pipeline/model/x.c '#include "read/c.h"'
forbidden pipeline/read/x.c '#include "tokenise/d.h"'
forbidden pipeline/tally/x.c '#include "lexicon/e.h"'
forbidden pipeline/tokenise/x.c '  #  include   "lexicon/e.h"'
forbidden pipeline/lexicon/x.c '#include "match/f.h"'
forbidden pipeline/match/x.c '#include "run/h.h"'
forbidden pipeline/read/x.c '#include "../tally/g.h"'
forbidden pipeline/read/x.c '#include "g.h"'
forbidden pipeline/base/x.c '#include <attune/score.h>'
forbidden cli/x.c '#include "base/a.h"'
forbidden include/attune/y.h '#include "base/a.h"'
forbidden pipeline/match/x.c '#include <omp.h>'
forbidden pipeline/read/x.c '#pragma omp parallel'

it "check-includes lets through what points the right way"
allowed pipeline/read/x.c '#include "base/a.h"'
allowed pipeline/read/x.c '#include "c.h"'
allowed pipeline/lexicon/x.c '#include "tokenise/d.h"'
allowed pipeline/match/x.c '#include "lexicon/e.h"'
allowed pipeline/run/x.c '#include "tally/g.h"'
allowed pipeline/run/x.c '#include <omp.h>'
allowed cli/x.c '#include "own.h"'
allowed cli/x.c '#include <attune/x.h>'

it "check-includes knows every stage there is"
tree
mkdir tree/pipeline/newstage
: >tree/pipeline/newstage/x.c
echo '/* */' >tree/pipeline/newstage/x.c
if "$PROJECT/tools/check-includes" tree >out 2>err; then fail "an unknown stage is let through"; fi

it "names in cli/ do not get in the way of the library's: they begin with cli_"
is "$(nm "${ATTUNE%/attune}"/cli/*.o | awk '$2 ~ /^[TDBRC]$/ && $3 !~ /^(cli_|main$|__)/')" ''

it "install-deps does nothing where all is there, and refuses options it does not know"
if command -v dpkg-query >/dev/null; then
    "$PROJECT/tools/install-deps" >out 2>err || fail "exit code $?"
    out_empty
    err_empty
fi
"$PROJECT/tools/install-deps" --everything >out 2>err
code=$?
code_is 2
err_has --everything

it "embed writes a C source with every byte of its files"
mkdir -p lexicons/en
printf 'name: x\n\000\377"\\\n' >lexicons/en/odd.yml
"$PROJECT/tools/embed" lexicons/en/odd.yml >odd.c
cat >main.c <<'END'
#include <attune/lexicon.h>
#include <stdio.h>
extern const att_builtin att_builtin_table[];
extern const size_t att_builtin_table_size;
int main(void)
{
    for (size_t i = 0; i < att_builtin_table_size; i++) {
        printf("%s\n", att_builtin_table[i].name);
        fwrite(att_builtin_table[i].yaml.text, 1, att_builtin_table[i].yaml.size, stdout);
    }
    return 0;
}
END
cc -I"$PROJECT/include" -o odd main.c odd.c && ./odd >out
{ echo en/odd; cat lexicons/en/odd.yml; } >expected
same out expected

it "make help names every target that the README names"
make -s -C "$PROJECT" help >out 2>err
for target in demo check check-slow asan tsan lint bench install clean; do out_has "make $target "; done

it "make install and uninstall: a program can be built against it, and nothing stays behind"
build=${ATTUNE%/attune}
if nm "$ATTUNE" 2>/dev/null | grep -q -e __asan_init -e __tsan_init; then
    skip "built with a sanitiser"
else
    make -s -C "$PROJECT" BUILD="$build" DESTDIR="$PWD/stage" PREFIX=/opt/attune install >out 2>err || fail "$(cat err)"
    for file in bin/attune lib/libattune.a include/attune/attune.h share/man/man1/attune.1 \
        share/attune/lexicons/en/peer-support.yml lib/pkgconfig/attune.pc; do
        [ -f "stage/opt/attune/$file" ] || fail "$file is not installed"
    done
    is "$(stage/opt/attune/bin/attune --version | head -n 1)" "$("$ATTUNE" --version | head -n 1)"
    cat >program.c <<'END'
#include <attune/attune.h>
#include <stdio.h>
int main(void)
{
    return puts(att_version()) < 0;
}
END
    export PKG_CONFIG_PATH=$PWD/stage/opt/attune/lib/pkgconfig PKG_CONFIG_SYSROOT_DIR=
    flags=$(pkg-config --define-variable=prefix="$PWD/stage/opt/attune" --cflags --libs attune)
    cc -o program program.c $flags 2>err || fail "$(head -n 5 err)"
    is "$(./program | head -n 1)" "$("$ATTUNE" --version | head -n 1)"
    make -s -C "$PROJECT" BUILD="$build" DESTDIR="$PWD/stage" PREFIX=/opt/attune uninstall >out 2>err ||
        fail "$(cat err)"
    is "$(find stage -type f)" ''
fi

it "the manual page has no mistakes"
if command -v mandoc >/dev/null; then
    mandoc -T lint -W warning "$PROJECT"/docs/man/*.1 >out 2>&1 || fail "$(cat out)"
elif command -v groff >/dev/null; then
    groff -man -ww -z "$PROJECT"/docs/man/*.1 >out 2>&1
    out_empty
else
    skip "neither mandoc nor groff here"
fi

it "the manual page names every option of --help"
for command in score kwic merge 'lexicon list' 'lexicon show' 'lexicon check' 'lexicon compile' 'lexicon convert' formats; do
    "$ATTUNE" $command --help | sed -n '/^Options:/,/^Examples:/s/^ *\(-[a-z], \)\{0,1\}--\([a-z-]*\).*/\2/p'
done | sort -u >options
[ "$(wc -l <options)" -gt 10 ] || fail "only $(wc -l <options) options found"
while read -r option; do
    grep -qF -e "\\-\\-${option//-/\\-}" "$PROJECT/docs/man/attune.1" ||
        fail "attune.1 does not name --$option"
done <options
