# make run    the app, on http://127.0.0.1:8501 (PORT=8600 make run for another port)
# make test   everything that must hold: lint, types, layers, unit, course, app and browser tests
# make play   what takes longer: every lesson played in a browser, every choice of every script
# make engines  tables in DuckDB, Ibis and Spark, which the app itself does not need
# make bench  how fast lib.stats is beside its peers, as one table
# make load   the whole app under a class of learners: how long they wait, what they cost
# make steps  what each step of the course costs, without a server
# make class  a class of two hundred against its goals: answers, waits, a killed server, two servers
# make lab    the Lab against its goals: seconds without a server, memory with one
# make wheel  the library's wheel, and its doctests in an environment that has nothing else
# make docs   the library's reference and its gallery, in build/docs
# make sweep  which sentences have a predicate, and which tasks pass by chance or by one control

PYTHON ?= python3
PORT ?= 8501
export PORT
VENV := .venv
BIN := $(VENV)/bin

# With many threads, glibc otherwise keeps an arena for each and memory grows without need.
export MALLOC_ARENA_MAX = 2

# Two test processes already use two cores: threads of their own would only wait for each other.
# The server computes in one thread a session, and so does what measures its steps.
test play engines steps class lab: export OMP_NUM_THREADS = 1

# Tests start many Pythons, and what one of them has compiled serves the others.
test play engines: export PYTHONDONTWRITEBYTECODE =

.PHONY: run test play engines bench growth load steps class lab sweep wheel docs lint style format \
	pictures clean

run: $(VENV)/.app
	@$(BIN)/python tools/port_is_free.py $(PORT)
	$(BIN)/streamlit run streamlit_app.py --server.address=127.0.0.1 --server.port=$(PORT)

# Types are checked beside the tests, since alone they would keep one core idle; what they say
# stands below.
test: $(VENV)/.dev chromium postgresql style
	@$(BIN)/mypy >$(VENV)/types.txt 2>&1 & types=$$!; \
	$(BIN)/pytest -n 2 --dist worksteal -m "not play and not engines"; tests=$$?; \
	wait $$types; types=$$?; cat $(VENV)/types.txt; \
	exit $$((tests + types))

play: $(VENV)/.dev chromium postgresql
	$(BIN)/pytest -n 2 --dist worksteal -m play

.PHONY: engines-installed
engines-installed: $(VENV)/.dev $(VENV)/.engines java

engines: engines-installed
	$(BIN)/pytest -m engines -rfERs tests/stats/streams

bench: $(VENV)/.bench
	$(BIN)/python -m benchmarks

# How the cost of lib.stats grows: benchmarks/growth.csv and growth.svg.
growth: $(VENV)/.app
	$(BIN)/python -m benchmarks.growth

load: $(VENV)/.app
	$(BIN)/python -m benchmarks.load

steps: $(VENV)/.app
	$(BIN)/python -m benchmarks.steps

class: $(VENV)/.app postgresql
	$(BIN)/python -m benchmarks.classroom

lab: $(VENV)/.app
	$(BIN)/python -m benchmarks.lab
	$(BIN)/python -m benchmarks.lab_memory

sweep: $(VENV)/.dev
	PYTHONPATH=. $(BIN)/python tests/lessons/sweep_report.py

wheel: $(VENV)/.python
	sh tools/wheel.sh $(BIN)/python

docs: $(VENV)/.docs
	$(BIN)/python tools/docs.py

lint: style
	$(BIN)/mypy

style: $(VENV)/.dev
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/lint-imports

format: $(VENV)/.dev
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# The favicon, the social picture and the cover of home, drawn by the project's own charts.
pictures: $(VENV)/.app
	PYTHONPATH=. $(BIN)/python tools/pictures.py

.PHONY: chromium
chromium:
	@command -v chromium-headless-shell >/dev/null || command -v chromium >/dev/null || \
		sh tools/apt_install.sh chromium-headless-shell || sh tools/apt_install.sh chromium

# Tests start servers of their own. Debian's package starts one, too: it does no harm, and is not
# used here.
.PHONY: postgresql
postgresql:
	@command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || \
		sh tools/apt_install.sh postgresql

# Spark 4 runs on Java 17 or later, which Debian 12 has by default. Without a network the other
# engines are still tried, and pytest lists what was not.
.PHONY: java
java:
	@java -version >/dev/null 2>&1 || sh tools/apt_install.sh default-jre-headless || \
		echo "Java is missing and could not be installed: Spark will NOT be tried." >&2

$(VENV)/.python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or later is needed.")'
	@$(PYTHON) -c 'import ensurepip' 2>/dev/null || sh tools/apt_install.sh python3-venv
	$(PYTHON) -m venv $(VENV)
	touch $@

$(VENV)/.app: requirements.txt $(VENV)/.python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

$(VENV)/.dev: requirements-dev.txt $(VENV)/.app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@

$(VENV)/.engines: requirements-engines.txt $(VENV)/.app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-engines.txt
	touch $@

$(VENV)/.bench: requirements-bench.txt $(VENV)/.app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-bench.txt
	touch $@

$(VENV)/.docs: requirements-docs.txt $(VENV)/.app
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-docs.txt
	touch $@

clean:
	rm -rf $(VENV) build honest_heatmaps.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis
