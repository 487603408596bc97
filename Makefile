# Everything by one word. Needs make and Python 3.11, 3.12 or 3.13; brings the rest itself.

.PHONY: run prepare test pytest bench backup restore upgrade

NEEDS = import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))
PYTHON := $(shell for name in python3 python3.13 python3.12 python3.11; do \
	$$name -c '$(NEEDS)' 2>/dev/null && { echo $$name; break; }; done)
ifeq ($(PYTHON),)
$(error Python 3.11, 3.12 or 3.13 is needed. On Debian and Ubuntu: sudo apt install python3 python3-venv)
endif
DO = @PYTHONPATH=site $(PYTHON) -m config.run

run: ## start the site on http://localhost:8000 (PORT=…, SITE_URL=…; SAMPLE=20000: a large made-up shop)
	$(DO) run

prepare: ## packages and translations alone
	$(DO) prepare

test: ## every check and every test (ARGS="-k basket": to pytest; DATABASE_URL=…: on PostgreSQL)
	$(DO) test

pytest: ## the tests alone
	$(DO) pytest

bench: ## how much of the server's time each page takes (ARGS="--products 1000")
	$(DO) bench

backup: ## database and media into var/backups/
	$(DO) backup

restore: ## put a backup back: make restore FILE=var/backups/….tar.gz
	$(DO) restore

upgrade: ## after new code: back up, then packages, tables, files, entries
	$(DO) upgrade
