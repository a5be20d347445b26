# Rscript tm.R LEXICON.tsv CORPUS OUT.csv: a document for each speaker, two document-term matrices (words and bigrams).
# Every match counts.
arguments <- commandArgs(TRUE)
suppressMessages({
  library(tm)
  library(slam)
})
here <- dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "lexicon.R"))

lexicon <- read_lexicon(arguments[1])
turns <- read_turns(arguments[2])
texts <- tapply(turns$text, turns$speaker, paste, collapse = "\n")
corpus <- VCorpus(VectorSource(as.vector(texts)))
bigrams <- function(document) {
  all <- words(document)
  paste(head(all, -1), tail(all, -1))
}
settings <- list(tolower = TRUE, removePunctuation = TRUE, wordLengths = c(1, Inf))
phrases <- lexicon[lexicon$kind == "phrase", ]
single <- DocumentTermMatrix(corpus, control = settings)
double <- DocumentTermMatrix(corpus, control = c(settings, list(tokenize = bigrams, dictionary = phrases$entry)))
entries <- expand_words(lexicon, Terms(single))
tokens <- row_sums(single)
rows <- lapply(unique(lexicon$marker), function(marker) {
  own <- intersect(entries$word[entries$marker == marker], Terms(single))
  own_phrases <- intersect(phrases$entry[phrases$marker == marker], Terms(double))
  data.frame(speaker = names(texts), marker = marker,
             count = row_sums(single[, own]) + row_sums(double[, own_phrases]), tokens = tokens)
})
write.csv(do.call(rbind, rows), arguments[3], row.names = FALSE, quote = FALSE)
