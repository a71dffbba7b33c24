.DEFAULT_GOAL := help
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
BENCH := .venv-bench
# The commit whose Lotse takes part in `make bench`; none if empty.
AGAINST ?= 4b410a5
# So much of these lines and branches, in percent, the tests must reach.
GATES := domain/=100 city/=100 understanding/=100 conversation/=100 messages/=100 =95

help: ## show what can be done here
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

$(VENV)/.installed: requirements/run.txt requirements/test.txt
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/test.txt
	@touch $@

$(BENCH)/.installed: requirements/bench.txt
	$(PYTHON) -m venv $(BENCH)
	$(BENCH)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/bench.txt
	@touch $@

install: $(VENV)/.installed ## make the environment in .venv/

demo: install ## try it in the browser: two phones, a bot, no token
	$(BIN)/python -m bot demo

run: install ## run the bot against Telegram (needs BOT_TOKEN)
	$(BIN)/python -m bot run

check: install ## check the city file, the settings and all texts: complete, spelt, easy to read
	$(BIN)/python -m bot check
	$(BIN)/python -m tests.texts

preview: install ## everything the bot says, a page for each language: preview-*.html
	for file in locales/*/LC_MESSAGES/lotse.po; do \
	  language="$${file#locales/}"; $(BIN)/python -m bot preview "$${language%%/*}" || exit 1; \
	done

format: install ## put the code in shape
	$(BIN)/ruff format bot tests
	$(BIN)/ruff check --fix bot tests

lint: install
	$(BIN)/ruff format --check bot tests
	$(BIN)/ruff check bot tests
	$(BIN)/mypy

test: lint check ## format, lint, types, layers, catalogues, all tests and what they reach
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest --numprocesses 3 --dist worksteal
	$(BIN)/coverage combine --quiet
	@$(MAKE) --no-print-directory reached

reached: ## whether the last `make test` reached as much of the code as it must
	@failed=; for gate in $(GATES); do \
	  part="bot/$${gate%=*}" least="$${gate#*=}"; \
	  found="$$($(BIN)/coverage report --include="$$part*" --fail-under="$$least")" || { \
	    echo "$$found"; \
	    echo "$$part: the tests reach less than $$least % of its lines and branches"; \
	    failed=yes; \
	  }; \
	done; \
	echo "bot/: the tests reach $$($(BIN)/coverage report --format=total) % of lines and branches"; \
	test -z "$$failed"

bench: $(BENCH)/.installed ## measure the bot against its peers, and a large city against a small one
	$(BENCH)/bin/python -m tests.benchmarks $(if $(AGAINST),--against $(AGAINST))

soak: install ## long crash, load and property tests; prints a table
	$(BIN)/python -m pytest tests/chaos tests/integration/test_*_properties.py --soak --timeout 7200

docs: install ## draw the diagrams and tables of the architecture page anew
	$(BIN)/python -m bot.commands.drawings < docs/architecture.md > docs/architecture.md.new
	mv docs/architecture.md.new docs/architecture.md

pins: ## compile requirements/*.in again, with hashes for all platforms
	for name in run test bench; do \
	  uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --python-version 3.11 \
	    --custom-compile-command "make pins" requirements/$$name.in --output-file requirements/$$name.txt || exit 1; \
	done

.PHONY: help install demo run check preview format lint test reached bench soak docs pins
