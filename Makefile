# Klubbslag: `make run` starts it, `make help` lists everything.

PORT ?= 8000
ARGS ?=
UPGRADE ?=
PYTHON := .venv/bin/python
# Tests wait as much as they work (for the browser, the press, the database): half as many again as processors.
WORKERS ?= $(shell expr $$(nproc) \* 3 / 2)
SOURCES := config motions protocols tests manage.py
# A deployment's settings, for the checks only.
DEPLOYED := KLUBBSLAG_HTTPS=1 KLUBBSLAG_HOSTS=klubbslag.example KLUBBSLAG_DATA=.data/test \
  KLUBBSLAG_SECRET_KEY=$$($(PYTHON) -c 'import secrets; print(secrets.token_urlsafe(64))')

.DEFAULT_GOAL := help
.PHONY: help run dev test lint bench fuzz pictures lock format messages clean ready ready-for-tests types style

help:  ## what can be made
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

run: ready  ## install what is missing and serve on 127.0.0.1:8000 (PORT=8001 for another port)
	@exec $(PYTHON) -m config.serve --with-parent --port $(PORT) $(ARGS)

dev: ready-for-tests  ## the same, with error pages for developers; restarts when a file changes
	@exec $(PYTHON) -m config.serve --reload --port $(PORT) $(ARGS)

test: ready-for-tests  ## every test (ARGS="tests/motions -k number" for some)
	@$(PYTHON) -m config.prepare
	$(PYTHON) -m pytest -n $(WORKERS) --dist loadfile --no-loadscope-reorder $(ARGS)

lint: ready-for-tests  ## style, types, floors of the house, migrations, deployment checks
	@$(MAKE) --no-print-directory --jobs 2 --output-sync types style

types:
	$(PYTHON) -m mypy $(SOURCES)

style:
	$(PYTHON) -m ruff check $(SOURCES)
	$(PYTHON) -m ruff format --check $(SOURCES)
	.venv/bin/lint-imports --no-cache
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2 --check
	find config/locale -name '*.po' -print0 2>/dev/null | xargs -0 -r -n1 msgfmt --check -o /dev/null
	@$(DEPLOYED) $(PYTHON) manage.py makemigrations --check --dry-run
	@$(DEPLOYED) $(PYTHON) manage.py check --deploy --fail-level WARNING

bench: ready-for-tests  ## how fast pages and extracts are (ARGS=meeting, papers or reading: only these)
	$(PYTHON) -m tests.bench $(ARGS)

fuzz: ready-for-tests  ## set five hundred random paragraphs, each held against the standards and read back
	KLUBBSLAG_FUZZ=500 $(PYTHON) -m pytest -n 1 -q tests/protocols/extracts/test_render.py -k whatever_is_written

pictures: ready-for-tests  ## the README's pictures, taken of the demo region
	$(PYTHON) -m tests.pictures $(ARGS)

lock: ready-for-tests  ## resolve the dependencies into the two lock files (UPGRADE=--upgrade for newer ones)
	.venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --quiet $(UPGRADE) \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --output-file requirements.txt
	.venv/bin/uv pip compile pyproject.toml --universal --python-version 3.11 --quiet $(UPGRADE) --group dev \
	  --constraint requirements.txt \
	  --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --output-file requirements-dev.txt

format: ready-for-tests  ## put code and templates in shape
	$(PYTHON) -m ruff check --fix-only --quiet $(SOURCES)
	$(PYTHON) -m ruff format $(SOURCES)
	find templates -name '*.html' -print0 | xargs -0 .venv/bin/djade --target-version 5.2

messages: ready-for-tests  ## collect the texts to translate into config/locale
	mkdir -p config/locale
	$(PYTHON) manage.py makemessages --locale en --no-location --no-wrap --ignore 'tests/*'

clean:  ## stop the embedded database and remove all data, caches and the environment
	@[ ! -x $(PYTHON) ] || KLUBBSLAG_DATA=.data/test $(PYTHON) -m config.database stop
	@[ ! -x $(PYTHON) ] || $(PYTHON) -m config.database stop
	rm -rf .data .venv .cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

ready:
	@config/bootstrap.sh run

ready-for-tests:
	@config/bootstrap.sh test
