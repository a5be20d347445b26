# attune: `make demo` shows the main job, `make check` passes all tests. `make help` lists the rest.

SHELL := /bin/bash
CC ?= gcc
PREFIX ?= /usr/local
DESTDIR ?=
BUILD ?= build

PACKAGES := icu-i18n icu-uc libpcre2-8 libhs yaml-0.1 gsl libxxhash jansson
WARNINGS := -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wstrict-prototypes \
            -Wmissing-prototypes -Wvla -Werror
OPTIMISE ?= -O2 -g
SANITISE ?=
# Recursive, not immediate: pkg-config must run after install-deps on a fresh machine.
PKG_CFLAGS = $(shell pkg-config --cflags $(PACKAGES))
PKG_LIBS = $(shell pkg-config --libs $(PACKAGES))
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
	$(CC) $(LDFLAGS_ALL) -o $@ $^ $(LDLIBS_ALL)

$(BUILD)/libattune.a: $(LIB_OBJECTS)
	rm -f $@ && ar rcs $@ $^

$(BUILD)/%.o: %.c | deps
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS_ALL) -MMD -MP -c -o $@ $<

# The built-in lexicons as a C source.
$(BUILD)/lexicons.c: $(LEXICONS) tools/embed
	@mkdir -p $(@D)
	tools/embed $(LEXICONS) > $@.tmp && mv $@.tmp $@

$(BUILD)/lexicons.o: $(BUILD)/lexicons.c
	$(CC) $(CPPFLAGS) $(CFLAGS_ALL) -c -o $@ $<

# A test is one program that links the library and the test helpers.
$(BUILD)/tests/unit/%: tests/unit/%.c $(TEST_HELPERS:%.c=$(BUILD)/%.o) $(BUILD)/libattune.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests/helpers $(CFLAGS_ALL) -MMD -MP $(LDFLAGS_ALL) -o $@ $< \
	    $(TEST_HELPERS:%.c=$(BUILD)/%.o) $(BUILD)/libattune.a -lcmocka $(LDLIBS_ALL)

# Installs what is missing; does nothing where all is there.
.PHONY: deps
deps:
	@tools/install-deps

-include $(LIB_OBJECTS:.o=.d) $(CLI_OBJECTS:.o=.d) $(TESTS:=.d)
