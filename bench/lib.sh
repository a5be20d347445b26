# What bench/run and bench/run-peers share: compiling, corpora, lexicons, tables. To be sourced in the project's folder.
# shellcheck shell=bash
# shellcheck disable=SC2034 # names that the two use

build=${ATTUNE_BUILD:-build}
runs=${ATTUNE_RUNS:-5}
work=$build/bench
english=$work/one.txt
mkdir -p "$work"

# ---- Programs ----

# compile NAME [SOURCE]: a program of bench/ that needs nothing of attune, where it is not up to date.
compile() {
    local source=${2:-bench/$1.c} packages=(icu-uc libhs libpcre2-8 libarchive)
    if [ "$work/$1" -nt "$source" ]; then return; fi
    # shellcheck disable=SC2046 # words are wanted
    ${CC:-gcc} -std=c11 -D_GNU_SOURCE -O2 -o "$work/$1" "$source" $(pkg-config --cflags "${packages[@]}") \
        -Wl,--as-needed $(pkg-config --libs "${packages[@]}") -lm
}

# measure RUNS COMMAND... [-- COMMAND...]...: lines of "CPU wall peak"; ends the bench when a command fails.
measure() {
    if ! "$work/measure" "$@"; then
        echo "bench: one of these failed: ${*:2}" >&2
        kill $$
    fi
}

# ---- Corpora and lexicons ----

corpus_of() {
    if [ "$1" = en ]; then echo "$english"; else echo "$work/corpus-$1.txt"; fi
}

# into FILE COMMAND...: what the command prints, whole or not at all.
into() {
    local file=$1
    shift
    if [ -f "$file" ]; then return; fi
    "$@" >"$file.part"
    mv "$file.part" "$file"
}

# make_lexicon LANGUAGE N [SKIPPED]
make_lexicon() {
    local prefix=$work/lexicon-$1-$2${3:+-without-$3}
    if [ -f "$prefix.tsv" ]; then return; fi
    "$work/make_lexicon" "$1" "$2" "$(corpus_of "$1")" "$prefix.part" ${3:+"$3"}
    mv "$prefix.part.yml" "$prefix.yml"
    mv "$prefix.part.tsv" "$prefix.tsv"
}

# English is the sample of real hearings where that lies beside the project, else made like the other languages.
make_english() {
    local sample=../shared/samples/bench/oral-arguments.tar.zst
    if [ -f "$sample" ]; then
        folder=$work/hearings
        english_source='1,648 court hearings'
        if [ ! -d "$folder" ]; then
            mkdir -p "$folder.part"
            tar --zstd -xf "$sample" -C "$folder.part"
            mv "$folder.part" "$folder"
        fi
    else
        folder=$work/made
        english_source='made by bench/make_corpus'
        if [ ! -d "$folder" ]; then
            mkdir -p "$folder.part"
            for i in $(seq 1 50); do
                "$work/make_corpus" bench/words/en.txt 2 "$i" >"$folder.part/talk-$i.txt"
            done
            mv "$folder.part" "$folder"
        fi
    fi
    if [ ! -f "$english" ]; then
        find "$folder" -type f -name '*.txt' -print0 | LC_ALL=C sort -z | xargs -0 cat >"$english.part"
        mv "$english.part" "$english"
    fi
}

make_corpora() {
    compile make_corpus
    compile make_lexicon
    make_english
    make_lexicon en 5000
    local language
    for language in de hi he; do
        into "$work/corpus-$language.txt" "$work/make_corpus" "bench/words/$language.txt" 100 1
        make_lexicon "$language" 5000
    done
    for language in zh th; do
        into "$work/corpus-$language.txt" "$work/make_corpus" "bench/words/$language.txt" 20 1
        make_lexicon "$language" 5000
    done
}

# ---- Figures and tables ----

size_of() {
    stat -L -c %s "$1" | awk '{ printf "%.1f", $1 / 1e6 }'
}

# ratio A B [FORMAT]: A / B.
ratio() {
    awk -v a="$1" -v b="$2" -v f="${3:-%.2f}" 'BEGIN { printf f, (b > 0 ? a / b : 0) }'
}

machine() {
    echo "$(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1), $(nproc) cores"
}

# Tables go to the screen, to PREFIX.md and, a figure a line, to PREFIX.csv.
open_tables() {
    tables=$1
    : >"$tables.md"
    echo 'table,row,column,value' >"$tables.csv"
}

quote_csv() {
    printf '"%s"' "${1//\"/\"\"}"
}

note() {
    printf '%s\n' "$1"
    printf '%s\n\n' "$1" >>"$tables.md"
}

# table TITLE COLUMN...
table() {
    local column
    title=$1
    shift
    columns=("$@")
    printf '\n%s\n' "$title"
    printf '## %s\n\n' "$title" >>"$tables.md"
    printf '| %s ' "${columns[@]}" >>"$tables.md"
    printf '|\n' >>"$tables.md"
    for column in "${columns[@]}"; do printf '|---' >>"$tables.md"; done
    printf '|\n' >>"$tables.md"
    show "${columns[@]}"
}

# The first column is for names, the others are as wide as their headings.
show() {
    local i
    printf '%-40s' "$1"
    shift
    for ((i = 1; i < ${#columns[@]}; i++)); do
        printf '  %*s' $((${#columns[i]} > 9 ? ${#columns[i]} : 9)) "$1"
        shift
    done
    printf '\n'
}

# row NAME VALUE...: as many as there are columns.
row() {
    local i=1 value
    show "$@"
    printf '| %s ' "$@" >>"$tables.md"
    printf '|\n' >>"$tables.md"
    for value in "${@:2}"; do
        printf '%s,%s,%s,%s\n' "$(quote_csv "$title")" "$(quote_csv "$1")" "$(quote_csv "${columns[i]}")" \
            "$(quote_csv "$value")" >>"$tables.csv"
        i=$((i + 1))
    done
}

close_tables() {
    printf '\n%s.md, %s.csv\n' "$tables" "$tables"
}
