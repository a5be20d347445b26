# Rscript tidytext.R LEXICON.tsv CORPUS OUT.csv: unnest_tokens, then joins; phrases as bigrams. Every match counts.
arguments <- commandArgs(TRUE)
suppressMessages({
  library(dplyr)
  library(tidytext)
})
here <- dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "lexicon.R"))

lexicon <- read_lexicon(arguments[1])
turns <- as_tibble(read_turns(arguments[2]))
words <- turns %>% unnest_tokens(word, text) %>% count(speaker, word)
totals <- words %>% group_by(speaker) %>% summarise(tokens = sum(n))
entries <- expand_words(lexicon, unique(words$word))
phrases <- lexicon %>% filter(kind == "phrase") %>% select(marker, word = entry)
single <- words %>% inner_join(entries, by = "word")
double <- turns %>% unnest_tokens(word, text, token = "ngrams", n = 2) %>% semi_join(phrases, by = "word") %>%
  count(speaker, word) %>% inner_join(phrases, by = "word")
bind_rows(single, double) %>% group_by(speaker, marker) %>% summarise(count = sum(n), .groups = "drop") %>%
  left_join(totals, by = "speaker") %>% write.csv(arguments[3], row.names = FALSE, quote = FALSE)
