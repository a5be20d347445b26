#include "model/hit.h"

const char *const att_sense_names[ATT_SENSES] = {"used", "mentioned", "negated", "reported"};
