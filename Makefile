# What a person types first. Every target works on a bare Debian or Ubuntu machine with Python 3.11 or newer.

EDITION ?= tei/japan-ussr
BIN := .venv/bin

.PHONY: help edition test sweep bench clean
.NOTPARALLEL: # both targets work on the same .venv

help:     ## say what there is (the default)
	@sed -n 's/^\([a-z]*\): *##/  make \1\t/p' $(MAKEFILE_LIST) | expand -t 18

edition:  ## build the default edition into output/japan-ussr (another one: EDITION=tei/…)
	@.ci/setup edition
	@$(BIN)/teipress build $(EDITION)
	@$(if $(wildcard $(EDITION)/encoding/full),$(if $(TEIPRESS_SOURCES),.ci/full-text $(EDITION)))

test:     ## run every check and every test, the slow ones too
	@.ci/setup test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -m "" -n auto --dist loadfile

sweep:    ## build every file of the corpora (TEIPRESS_CORPORA); SWEEP="--pdf --epubcheck --ace --nu" does more
	@.ci/setup test
	$(BIN)/python tests/sweep.py $(SWEEP)

bench:    ## print how long and how large, as ratios (TEIPRESS_CORPORA); BENCH=encode or BENCH=print does one alone
	@.ci/setup test
	$(BIN)/python tests/bench.py $(BENCH)

clean:    ## remove what was built; .venv stays
	find output -mindepth 1 ! -name .gitignore -delete
	rm -rf dist .mypy_cache .pytest_cache .ruff_cache
	find builder tests -name __pycache__ -prune -exec rm -rf {} +
