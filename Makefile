PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed-from

.PHONY: run setup test check soak train calibration score bench constraints picture clean

run: setup  ## everything, from a fresh clone to the page on 127.0.0.1:8501
	$(BIN)/garrison run

setup: $(STAMP)  ## the environment alone

test: $(VENV)/.dev check chromium postgresql  ## every test, those in a browser and on PostgreSQL included
	$(BIN)/pytest -m "not soak"

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .

train: $(VENV)/.train  ## make the weights again: data/reader-en, then data/judge-en.json (half an hour on two cores)
	$(BIN)/python -m bench.train_reader
	$(BIN)/python -m bench.train_judge

calibration: $(VENV)/.train  ## whether certainties mean what they say; after make train, needs GARRISON_SHARED
	@$(BIN)/python -m bench.calibration

$(VENV)/.train: $(VENV)/.dev
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[train]'
	@touch $@

soak: $(VENV)/.dev chromium postgresql  ## long fault runs
	$(BIN)/pytest -m soak

.PHONY: chromium
chromium:
	@command -v chromium >/dev/null || command -v google-chrome >/dev/null \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "installing chromium" \
	       && apt-get update -qq && apt-get install -y -qq chromium >/dev/null; } \
	  || { echo "The browser tests need Chromium: install it (Debian: apt-get install chromium)" >&2; exit 1; }

.PHONY: postgresql
postgresql:
	@ls /usr/share/postgresql/*/extension/postgis.control "$$(pg_config --sharedir 2>/dev/null)"/extension/postgis.control \
	    2>/dev/null | grep -q . \
	  || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && echo "installing PostgreSQL with PostGIS" \
	       && apt-get update -qq && apt-get install -y -qq postgresql postgresql-postgis >/dev/null; } \
	  || { echo "The tests on PostgreSQL need it with PostGIS: install them (Debian: apt-get install postgresql postgresql-postgis)" >&2; exit 1; }

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "Garrison needs Python 3.11 or newer; name one with: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	@echo "making the environment in $(VENV) (once; some minutes on a slow line)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: $(STAMP)
	@echo "adding what the tests need"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

score: $(VENV)/.dev  ## how right the readings are; needs GARRISON_SHARED, fails below bench/floors.toml
	@$(BIN)/python -m bench.score

bench: $(VENV)/.dev  ## how fast the extractor reads and borders are joined
	@$(BIN)/python -m bench.speed
	@$(BIN)/python -m bench.borders

constraints: ## pin what is installed now (names and versions, no address)
	$(BIN)/python -m pip freeze --exclude-editable | LC_ALL=C sort -f > constraints.txt

clean:
	rm -rf $(VENV) build ./*.egg-info
