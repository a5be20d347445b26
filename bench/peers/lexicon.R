# What the R drivers share: the turns, and the lexicon by kind of entry. Sourced with `arguments` set.
read_turns <- function(file) {
  lines <- readLines(file, encoding = "UTF-8")
  colon <- regexpr(": ", lines, fixed = TRUE)
  data.frame(speaker = substr(lines, 1, colon - 1), text = substring(lines, colon + 2))
}

read_lexicon <- function(file) {
  lexicon <- read.delim(file, header = FALSE, col.names = c("marker", "entry"), quote = "", colClasses = "character")
  lexicon$kind <- ifelse(grepl(" ", lexicon$entry, fixed = TRUE), "phrase",
                  ifelse(startsWith(lexicon$entry, "*"), "tail",
                  ifelse(endsWith(lexicon$entry, "*"), "head", "word")))
  lexicon
}

# The words of a vocabulary that the entries of one word stand for: marker and word, each pair once.
expand_words <- function(lexicon, vocabulary) {
  bare <- gsub("*", "", lexicon$entry, fixed = TRUE)
  found <- lapply(which(lexicon$kind != "phrase"), function(i) {
    words <- switch(lexicon$kind[i],
      word = bare[i],
      head = vocabulary[startsWith(vocabulary, bare[i])],
      tail = vocabulary[endsWith(vocabulary, bare[i])])
    data.frame(marker = rep(lexicon$marker[i], length(words)), word = words)
  })
  unique(do.call(rbind, found))
}
