# Every target sets up .venv by itself; `make` alone says what there is.
.DEFAULT_GOAL := help
PYTHON ?= python3
BIN := .venv/bin
CITY := examples/city
DATA ?= ../shared/data
export NUMBA_CACHE_DIR ?= $(CURDIR)/.venv/numba

.PHONY: help setup demo ui test check format bench peers texts privacy quality-peers clients sample clean

help:  ## Say what each target does
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-13s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/ready  ## Make .venv with the pinned packages

.venv/ready: pyproject.toml requirements.lock
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Wenyuan needs Python 3.11 or newer; name one with: make PYTHON=python3.12")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint requirements.lock --editable '.[clients,dev,onnx,openlineage,postgres,s3]'
	touch $@

demo: setup sample  ## Build the bundled sample, end to end
	$(BIN)/wenyuan build -c $(CITY)/corpus.yaml

ui: demo  ## Open the Dagster UI on the sample
	$(BIN)/wenyuan ui -c $(CITY)/corpus.yaml

sample: setup
	@test -f $(CITY)/truth.jsonl || $(BIN)/python -m examples.city.generate $(CITY)

test: setup  ## Run all tests
	$(BIN)/python -m pytest -n 2 --dist loadfile

check: setup sample  ## Lint, format, types, import contracts, definitions
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	WENYUAN_CORPUS=$(CITY)/corpus.yaml $(BIN)/dg check defs

format: setup  ## Put the code in form
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: setup  ## Measure (minutes; prints tables)
	$(BIN)/python -m tests.benchmarks.throughput
	$(BIN)/python -m tests.benchmarks.whole_path $(DATA)
	$(BIN)/python -m tests.benchmarks.damaged $(DATA)
	$(BIN)/python -m tests.benchmarks.dedup.scaling .venv/bench --sizes 100000
	$(BIN)/python -m tests.benchmarks.exports .venv/bench/exports 1

clients: setup  ## Read a mixture as training jobs do: PyTorch, MosaicML, Megatron, Spark (6 GB of packages)
	$(BIN)/python -m tests.clients.trainers .venv/bench/clients

peers: setup  ## Measure near-duplicates beside six other tools (6 GB of packages, half an hour)
	$(BIN)/python -m tests.benchmarks.dedup.planted .venv/bench/peers 25000
	$(BIN)/python -m tests.benchmarks.dedup.peers install .venv/bench/venvs
	$(BIN)/python -m tests.benchmarks.dedup.near_duplicates .venv/bench/peers

texts: setup  ## Measure main text, charsets, mojibake and languages beside other tools (half an hour)
	$(BIN)/python -m tests.benchmarks.extraction.main_text $(DATA) .venv/bench/extraction
	$(BIN)/python -m tests.benchmarks.reading_peers install .venv/bench/reading
	$(BIN)/python -m tests.benchmarks.charset .venv/bench/reading 25
	$(BIN)/python -m tests.benchmarks.mojibake .venv/bench/reading
	$(BIN)/python -m tests.benchmarks.language .venv/bench/language

privacy: setup  ## Measure personal data beside other tools (3 GB of packages, ten minutes)
	$(BIN)/python -m tests.benchmarks.privacy.peers .venv/bench/privacy

quality-peers: setup  ## Measure the published filters beside our presets of their names (5 GB of packages, half an hour)
	$(BIN)/python -m tests.benchmarks.quality.agreement $(DATA) .venv/bench/quality

clean:  ## Remove the sample's raw files and its corpus
	rm -rf $(CITY)/raw $(CITY)/corpus $(CITY)/truth.jsonl
