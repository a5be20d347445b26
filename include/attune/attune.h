/* attune: measures how the way people talk changes. The whole public interface. */
#ifndef ATTUNE_ATTUNE_H
#define ATTUNE_ATTUNE_H

#include <attune/dry_run.h>
#include <attune/error.h>
#include <attune/format.h>
#include <attune/kwic.h>
#include <attune/lexicon.h>
#include <attune/score.h>
#include <attune/span.h>
#include <attune/study.h>
#include <attune/text.h>
#include <attune/version.h>

#endif
