# make demo   practise on two pretend hosts, with everything installed first
# make test   run every test
# make build  one binary, dist/zferry, with the Swift runtime linked in
# make lab    contract and scenarios on real OpenZFS, in emulated machines
# make bench  measure beside other tools, and write Resources/benchmarks.md
# make counts count processes, instructions and allocations, and hold them to what is written down
# make pictures  take the pictures of README anew, at the keys of the practice
# make install, make format

PREFIX ?= /usr/local
DIST := dist
SUDO := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
TESTS := SWT_EXPERIMENTAL_MAXIMUM_PARALLELIZATION_WIDTH=6 swift test --skip-build
SOURCES := $(shell find Sources Package.swift -type f)

.PHONY: demo test build install lab bench counts pictures format check-format needs needs-lab

needs:
	@Resources/install-needs build

needs-lab:
	@Resources/install-needs build lab

build: needs $(DIST)/zferry

$(DIST)/zferry: $(SOURCES)
	swift build -c release --static-swift-stdlib --product zferry
	swift build -c release --static-swift-stdlib --product zfs-sandbox
	swift build -c release --static-swift-stdlib --product zfs-contract
	mkdir -p $(DIST)
	for program in zferry zfs-sandbox zfs-contract; do \
	  strip -o $(DIST)/$$program .build/release/$$program; done

demo: build
	@if [ -t 0 ]; then $(DIST)/zferry demo; else $(DIST)/zferry demo --headless; fi

test: needs
	swift build --build-tests
	# Ten thousand histories and two months of days, beside the tests: optimised, a quarter of the time.
	swift build -c release --static-swift-stdlib --product zferry-histories
	# Not all tests at once: one that waits for a clock wants its turn.
	{ .build/release/zferry-histories seeds 10000 && .build/release/zferry-histories days 60; } & \
	  $(TESTS) --skip EndToEndTests && wait $$!
	# In two processes: each of these waits with the thread it runs on, and a process has as many as processors.
	{ $(TESTS) --ignore-lock --filter 'EndToEndTests\.[A-P]'; } & \
	  $(TESTS) --ignore-lock --filter 'EndToEndTests\.[Q-Z]' --skip ScreenTests && wait $$!
	# At the keys, with nothing beside it: a person's terminal is not one of two hundred.
	$(TESTS) --filter EndToEndTests.ScreenTests

lab: needs-lab build
	Tests/Lab/run

$(DIST)/pure-work: $(DIST)/zferry $(shell find Tests/Benchmarks/pure-work -type f)
	swift build -c release --static-swift-stdlib --product pure-work
	strip -o $@ .build/release/pure-work

bench: build $(DIST)/pure-work
	Tests/Benchmarks/run --write

counts: build $(DIST)/pure-work
	Resources/install-needs counts
	Tests/Benchmarks/run --smoke
	Tests/Benchmarks/count

pictures: build
	Resources/install-needs pictures
	Resources/pictures/make

install: build
	$(SUDO) install -D -m 755 $(DIST)/zferry $(PREFIX)/bin/zferry
	$(SUDO) install -D -m 755 $(DIST)/zfs-sandbox $(PREFIX)/libexec/zferry/zfs-sandbox
	$(SUDO) install -D -m 644 Resources/man/zferry.8 $(PREFIX)/share/man/man8/zferry.8

format:
	swift format -i --configuration .swift-format -r Sources Tests Package.swift

check-format:
	swift format lint --strict --configuration .swift-format -r Sources Tests Package.swift
