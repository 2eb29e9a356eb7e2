# 清源 Qingyuan: every verb of the project. `make` alone prints this list.
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.locked

.DEFAULT_GOAL := help
.PHONY: help setup check lint site serve test fmt bench doctor clean golden shots

help: ## 列出可用的命令
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(STAMP) ## 装好运行环境（.venv），锁文件不变就不重装

$(STAMP): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo '需要 Python 3.11 或更新的版本：apt-get install python3' >&2; exit 3; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo '缺 python3-venv：请运行 apt-get install -y python3-venv' >&2; exit 3; }
	$(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install -q --require-hashes --only-binary :all: -r requirements.lock
	$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

check: setup ## 检查台账（四道关）
	$(BIN)/qingyuan check

lint: setup ## 代码、类型、工作流检查
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet .github/workflows
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml

site: setup ## 检查、计算、建站，放到 build/public
	$(BIN)/qingyuan build

serve: setup ## 本机预览，改了就重建
	$(BIN)/qingyuan serve

test: lint check ## 全部检查和测试（含真浏览器）
	$(BIN)/python -m pytest

fmt: setup ## 把台账和代码写成统一样子
	$(BIN)/qingyuan fmt
	$(BIN)/ruff format

bench: setup ## 量速度：同一次运行里的比值
	$(BIN)/python -m tests.bench

doctor: setup ## 看这台机器缺什么
	$(BIN)/qingyuan doctor

golden: setup ## 重写金样（改完请看差异）
	GOLDEN=1 $(BIN)/python -m pytest tests/test_golden.py

shots: site ## 给每种页面拍图，放到 build/shots，请人看
	$(BIN)/python -m tests.shots

clean: ## 删掉生成的东西（不删 .venv）
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
