# awk -f agree.awk ATTUNE.csv PEER.csv: how far the counts agree, cell by cell (speaker and marker). Cells where both
# are zero tell nothing and are left out. Prints: percent of cells equal, the peer's hits as a share of attune's, and its
# tokens likewise.
BEGIN { FS = "," }
FNR == 1 { next }
FNR == NR {
    count[$1, $2] = $3
    tokens[$1] = $4
    hits += $3
    next
}
{
    peer_hits += $3
    if (!($1 in seen)) {
        seen[$1]
        peer_tokens += $4
    }
    if ($3 > 0 || count[$1, $2] > 0) {
        cells++
        equal += $3 == count[$1, $2] + 0
    }
    done[$1, $2]
}
END {
    for (cell in count)
        if (count[cell] > 0 && !(cell in done)) cells++
    for (speaker in tokens) all_tokens += tokens[speaker]
    printf "%.1f %.4f %.4f\n", 100 * equal / (cells ? cells : 1), peer_hits / (hits ? hits : 1),
        peer_tokens / (all_tokens ? all_tokens : 1)
}
