#ifndef ATTUNE_VERSION_H
#define ATTUNE_VERSION_H

#define ATTUNE_VERSION "0.1.0"

/* "attune 0.1.0" and a line for each engine with its version: ICU, Unicode, Hyperscan, PCRE2. Static storage. */
const char *att_version(void);

#endif
