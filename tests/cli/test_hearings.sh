# Real data that others wrote: 1,648 hearings of `Name: text` lines, where the sample lies beside the project. Counted by
# awk, which knows nothing of how attune reads.
. "$PROJECT/tests/cli/lib.sh"

sample=$PROJECT/../shared/samples/bench/oral-arguments.tar.zst

it "turns and speakers of real hearings are those that awk counts"
if [ ! -f "$sample" ] || ! command -v zstd >/dev/null; then
    skip "the sample of hearings is not here"
else
    mkdir hearings
    tar --zstd -xf "$sample" -C hearings
    attune score -l en/peer-support --by language -o results --quiet hearings
    code_is 0
    # Turns of notes alone, like (Inaudible), have no words, and so are no turns of a cell, nor their labels speakers.
    awk -F': ' '
        NF {
            text = substr($0, length($1) + 3)
            gsub(/[[(]([Ii]naudible[.]?|Voices? [Oo]verlaps?|Laugh[a-z]*|Attempt to Laughter|Laughter Attempt|Recess|Lunch|Lunch Recess|Luncheon Recess|Luncheon Break|Interruption)[])]/, "", text)
            if (text !~ /[A-Za-z0-9]/) next
            turns++
            if (!((FILENAME, $1) in seen)) { seen[FILENAME, $1] = 1; speakers++ }
        }
        END { print turns, speakers }' hearings/*.txt >expected
    jq -r '"\(.counts.turns) \(.counts.speakers)"' results/manifest.json >found
    is "$(cat found)" "$(cat expected)"
fi
