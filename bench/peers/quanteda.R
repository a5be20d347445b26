# Rscript quanteda.R LEXICON.tsv CORPUS OUT.csv: tokens, tokens_lookup, and a dfm by speaker, one thread.
arguments <- commandArgs(TRUE)
suppressMessages(library(quanteda))
here <- dirname(sub("--file=", "", grep("^--file=", commandArgs(), value = TRUE)))
source(file.path(here, "lexicon.R"))
quanteda_options(threads = 1)

lexicon <- read_lexicon(arguments[1])
turns <- read_turns(arguments[2])
words <- tokens(corpus(turns, text_field = "text"), remove_punct = TRUE, remove_symbols = TRUE)
found <- tokens_lookup(words, dictionary(split(lexicon$entry, lexicon$marker)), valuetype = "glob",
                       nested_scope = "key")
counts <- as.matrix(dfm_group(dfm(found), groups = docvars(found, "speaker")))
totals <- tapply(ntoken(words), docvars(words, "speaker"), sum)
rows <- as.data.frame(as.table(counts), stringsAsFactors = FALSE)
names(rows) <- c("speaker", "marker", "count")
rows$tokens <- totals[rows$speaker]
write.csv(rows, arguments[3], row.names = FALSE, quote = FALSE)
