# `make help` lists what can be done here. Needs Python 3.11 and make, nothing else, for run and test.
PYTHON ?= python3.11
PORT ?= 8000
VENV := .venv
BIN := $(VENV)/bin
export DEBUG ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test check browser screenshots bench lock
