# attune: `make demo` shows the main job, `make check` passes all tests. `make help` lists the rest.

SHELL := /bin/bash
CC ?= gcc
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build

PACKAGES := icu-i18n icu-uc libpcre2-8 libhs yaml-0.1 gsl libxxhash jansson yajl libxml-2.0 libarchive zlib
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Werror
OPTIMISE ?= -O2 -g
SANITISE ?=
# Asked once, but not before the first use: on a fresh machine install-deps must have run.
PKG_CFLAGS = $(eval PKG_CFLAGS := $$(shell pkg-config --cflags $(PACKAGES)))$(PKG_CFLAGS)
PKG_LIBS = $(eval PKG_LIBS := $$(shell pkg-config --libs $(PACKAGES)))$(PKG_LIBS)
# `make V=1` shows the commands.
V ?= 0
ifeq ($(V),0)
Q := @
SAY = @echo '  $(1)'
endif
CPPFLAGS += -D_GNU_SOURCE -Iinclude -Ipipeline
CFLAGS_ALL = -std=c11 -fopenmp $(OPTIMISE) $(WARNINGS) $(SANITISE) $(PKG_CFLAGS) $(CFLAGS)
LDLIBS_ALL = $(PKG_LIBS) -lexttextcat-2.0 -lm $(LDLIBS)
LDFLAGS_ALL = -fopenmp $(SANITISE) $(LDFLAGS)

LIB_SOURCES := $(sort $(wildcard pipeline/*/*.c))
CLI_SOURCES := $(sort $(wildcard cli/*.c))
TEST_SOURCES := $(sort $(wildcard tests/unit/*/test_*.c))
TEST_HELPERS := $(sort $(wildcard tests/helpers/*.c))
LEXICONS := $(sort $(wildcard lexicons/*/*.yml))

LIB_OBJECTS := $(LIB_SOURCES:%.c=$(BUILD)/%.o) $(BUILD)/lexicons.o
CLI_OBJECTS := $(CLI_SOURCES:%.c=$(BUILD)/%.o)
TESTS := $(TEST_SOURCES:%.c=$(BUILD)/%)

.PHONY: all
all: $(BUILD)/attune

$(BUILD)/attune: $(CLI_OBJECTS) $(BUILD)/libattune.a
	$(call SAY,LD $@)
	$(Q)$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

$(BUILD)/libattune.a: $(LIB_OBJECTS)
	$(Q)rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c | deps
	@mkdir -p $(@D)
	$(call SAY,CC $<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# The built-in lexicons as a C source.
$(BUILD)/lexicons.c: $(LEXICONS) tools/embed
	@mkdir -p $(@D)
	$(Q)tools/embed $(LEXICONS) > $@.tmp && mv $@.tmp $@

$(BUILD)/lexicons.o: $(BUILD)/lexicons.c
	$(call SAY,CC $<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS_ALL) -c -o $@ $<

# A test is one program that links the library and the test helpers.
$(BUILD)/tests/unit/%: tests/unit/%.c $(TEST_HELPERS:%.c=$(BUILD)/%.o) $(BUILD)/libattune.a
	@mkdir -p $(@D)
	$(call SAY,CC $<)
	$(Q)$(CC) $(CPPFLAGS) -Itests/helpers $(CFLAGS_ALL) -MMD -MP $(LDFLAGS_ALL) -o $@ $< \
	    $(TEST_HELPERS:%.c=$(BUILD)/%.o) $(BUILD)/libattune.a -lcmocka $(LDLIBS_ALL)

# Installs what is missing; does nothing where all is there.
.PHONY: deps
deps:
	@tools/install-deps

# ---- What people call -----------------------------------------------------------------------------------------

FUZZERS := $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(sort $(wildcard tests/fuzz/fuzz_*.c)))
# Warnings are the plain build's business; other compilers have others.
SANITISED := $(MAKE) --no-print-directory OPTIMISE='-O1 -g' WARNINGS=-w
SANITISE_ADDRESS := -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
# ThreadSanitizer understands OpenMP only through clang's runtime, which loads its Archer tool by itself.
SANITISE_THREAD := -fsanitize=thread
export TSAN_OPTIONS ?= ignore_noninstrumented_modules=1
export ASAN_OPTIONS ?= detect_stack_use_after_return=1
export UBSAN_OPTIONS ?= print_stacktrace=1

.PHONY: help
help: ## this list
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/make \1\t\2/p' Makefile | expand -t 18

.PHONY: demo
demo: deps ## install what is missing, build, score the example study and show the result
	@$(MAKE) --no-print-directory all
	@tools/demo $(BUILD)/attune

# Without this make takes them for intermediate files and removes them.
.SECONDARY: $(TEST_HELPERS:%.c=$(BUILD)/%.o)

.PHONY: tests
tests: all $(TESTS) ## build everything and all unit tests

.PHONY: check
check: deps ## install what is missing, build, run all tests
	@$(MAKE) --no-print-directory tests
	@tests/run includes unit@$(BUILD) cli@$(BUILD) lexicons@$(BUILD) docs@$(BUILD)

.PHONY: check-slow
check-slow: ## tests under the sanitisers and valgrind, and a little fuzzing
	@tools/install-deps --test
	@$(MAKE) --no-print-directory tests
	+@$(SANITISED) BUILD=build-asan SANITISE='$(SANITISE_ADDRESS)' tests
	+@$(SANITISED) BUILD=build-tsan CC=clang SANITISE='$(SANITISE_THREAD)' tests
	@$(MAKE) --no-print-directory fuzzers
	@tests/run unit@build-asan cli@build-asan unit@build-tsan cli@build-tsan valgrind@$(BUILD) random@$(BUILD) \
	    prefixes@build-asan fuzz@build-fuzz

.PHONY: asan
asan: ## the unit and command line tests under AddressSanitizer and UBSan, in build-asan/
	+@$(SANITISED) BUILD=build-asan SANITISE='$(SANITISE_ADDRESS)' tests
	@tests/run unit@build-asan cli@build-asan

.PHONY: tsan
tsan: ## the same under ThreadSanitizer, with clang, in build-tsan/
	@tools/install-deps --test
	+@$(SANITISED) BUILD=build-tsan CC=clang SANITISE='$(SANITISE_THREAD)' tests
	@tests/run unit@build-tsan cli@build-tsan

.PHONY: fuzzers
fuzzers:
	+@$(SANITISED) BUILD=build-fuzz CC=clang \
	    SANITISE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' fuzz-programs

.PHONY: fuzz-programs
fuzz-programs: $(FUZZERS)

$(BUILD)/tests/fuzz/%: tests/fuzz/%.c $(BUILD)/libattune.a
	@mkdir -p $(@D)
	$(call SAY,CC $<)
	$(Q)$(CC) $(CPPFLAGS) -Itests/helpers $(CFLAGS_ALL) -MMD -MP $(LDFLAGS_ALL) -fsanitize=fuzzer -o $@ $< $(BUILD)/libattune.a $(LDLIBS_ALL)

.PHONY: fuzz
fuzz: fuzzers ## every fuzz target for FUZZ_SECONDS (10) each
	@tests/run fuzz@build-fuzz

.PHONY: bench
bench: all $(BUILD)/bench/stages $(BUILD)/bench/readers ## how fast and how large, in tables (bench/README.md)
	@ATTUNE_BUILD=$(BUILD) bench/run

$(BUILD)/bench/stages $(BUILD)/bench/readers: $(BUILD)/bench/%: bench/%.c bench/must.h $(BUILD)/libattune.a
	@mkdir -p $(@D)
	$(call SAY,CC $<)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS_ALL) $(LDFLAGS_ALL) -o $@ $< $(BUILD)/libattune.a $(LDLIBS_ALL)

.PHONY: bench-peers
bench-peers: ## the same job by other tools, and how far the counts agree; installs those that Debian has
	@tools/install-deps --bench
	@$(MAKE) --no-print-directory all
	@ATTUNE_BUILD=$(BUILD) bench/run-peers

.PHONY: lint
lint: ## clang-format, clang-tidy, cppcheck, shellcheck and the include rules
	@tools/install-deps --lint
	@$(MAKE) --no-print-directory all
	@BUILD=$(BUILD) tools/lint $(CPPFLAGS) $(PKG_CFLAGS)

.PHONY: format
format: ## lay out all C files with clang-format
	@clang-format -i $$(tools/list-sources)

.PHONY: install
install: all ## install under DESTDIR and PREFIX (default /usr/local)
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' BUILD='$(BUILD)' tools/install-files

.PHONY: uninstall
uninstall: ## remove what make install has put there
	@DESTDIR='$(DESTDIR)' PREFIX='$(PREFIX)' BUILD='$(BUILD)' tools/install-files --remove

.PHONY: clean
clean: ## remove what was built
	rm -rf $(BUILD) build-asan build-tsan build-fuzz

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(TESTS:=.d) $(TEST_HELPERS:%.c=$(BUILD)/%.d) $(FUZZERS:=.d)
