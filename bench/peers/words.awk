# mawk -f words.awk LEXICON.tsv CORPUS > OUT.csv: what one would write in a shell. ASCII only. Words are letters and digits
# with apostrophes inside. Overlap as attune counts it: within a marker a phrase beats the words in it, the left phrase the
# right.
function find(word, found, i, size) {
    found = words[word]
    size = length(word)
    for (i = 1; i <= size; i++) {
        if (substr(word, 1, i) in heads) found = found heads[substr(word, 1, i)]
        if (substr(word, i) in tails) found = found tails[substr(word, i)]
    }
    return unique(found)
}

function unique(list, i, count, part, result, seen) {
    count = split(list, part, " ")
    for (i = 1; i <= count; i++)
        if (!((" " part[i] " ") in seen)) {
            seen[" " part[i] " "]
            result = result " " part[i]
        }
    return result
}

BEGIN { FS = "\t" }

FNR == NR {
    if (!($1 in numbers)) {
        numbers[$1]
        markers[++marker_count] = $1
    }
    if (index($2, " ")) {
        phrases[$2] = phrases[$2] " " $1
        openers[substr($2, 1, index($2, " ") - 1)]
    } else if (substr($2, 1, 1) == "*")
        tails[substr($2, 2)] = tails[substr($2, 2)] " " $1
    else if (substr($2, length($2)) == "*")
        heads[substr($2, 1, length($2) - 1)] = heads[substr($2, 1, length($2) - 1)] " " $1
    else
        words[$2] = words[$2] " " $1
    next
}

{
    colon = index($0, ": ")
    speaker = substr($0, 1, colon - 1)
    text = tolower(substr($0, colon + 2))
    gsub(/[^a-z0-9']+/, " ", text)
    gsub(/ '+|'+ /, " ", text)
    count = split(text, token, " ")
    tokens[speaker] += count
    place++ # nothing is beside a word of the turn before
    before = ""
    for (i = 1; i <= count; i++) {
        word = token[i]
        place++
        if (before in openers && (before " " word) in phrases) {
            hit_count = split(phrases[before " " word], hit, " ")
            for (j = 1; j <= hit_count; j++) {
                marker = hit[j]
                if (ended[marker] == place - 1) continue
                if (single[marker] == place - 1) counts[speaker, marker]--
                counts[speaker, marker]++
                ended[marker] = place
            }
        }
        if (!(word in known)) known[word] = find(word)
        if (known[word] != "") {
            hit_count = split(known[word], hit, " ")
            for (j = 1; j <= hit_count; j++)
                if (ended[hit[j]] != place) {
                    counts[speaker, hit[j]]++
                    single[hit[j]] = place
                }
        }
        before = word
    }
}

END {
    print "speaker,marker,count,tokens"
    for (speaker in tokens)
        for (i = 1; i <= marker_count; i++)
            print speaker "," markers[i] "," counts[speaker, markers[i]] + 0 "," tokens[speaker]
}
