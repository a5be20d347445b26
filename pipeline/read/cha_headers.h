/* The headers of a CHAT file ("@Participants:", "@ID:", "@Languages:", "@Birth of CHI:"), as facts. */
#ifndef ATT_READ_CHA_HEADERS_H
#define ATT_READ_CHA_HEADERS_H

#include "read/facts.h"

/* So many facts of one transcript are kept. */
#define ATT_CHA_FACTS 4096

/* tier: a header with its continuation lines; what is no fact is passed over. False: no memory. */
bool att_cha_header_read(att_facts *facts, att_span tier);

#define ATT_CHA_TAG 40

/* The BCP 47 tag of a language as CHAT names it (ISO 639-3: "eng" is "en"); its size, 0: it is none. */
size_t att_cha_language(char tag[static ATT_CHA_TAG], att_span code);

#endif
