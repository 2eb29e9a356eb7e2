# 清源 Qingyuan: every verb of the project. `make` alone prints this list.
SHELL := bash
.SHELLFLAGS := -eo pipefail -c
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1
# Compiled once, not by each of hundreds of processes, even where an environment asks otherwise.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?= python3
UV ?= uv
VENV := .venv
BIN := $(VENV)/bin
SITE := $(VENV)/.site
DEV := $(VENV)/.dev
PIP := $(BIN)/python -m pip install --require-hashes --only-binary :all: --progress-bar off
TELL := awk '/^Collecting / {print "  下载 " $$2; fflush()} /^Installing/ {print "  安装……"; fflush()}'
COMPILE := $(UV) pip compile -q --universal --generate-hashes --python-version 3.11 \
  --custom-compile-command 'make lock' pyproject.toml

.DEFAULT_GOAL := help
.PHONY: help setup lock check lint site print serve test fmt bench doctor rows clean golden mutate fuzz shots

help: ## 列出可用的命令
	@awk -F':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: $(SITE) ## 装好建站的环境（.venv），锁文件不变就不重装

$(SITE): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo '需要 Python 3.11 或更新的版本：apt-get install -y python3' >&2; exit 3; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
	  { echo '缺 python3-venv：请运行 apt-get install -y python3-venv' >&2; exit 3; }
	@echo '装建站的环境到 $(VENV)：约 75 个包，下载 105 MB，占盘 490 MB，只装这一次'
	@$(PYTHON) -m venv --clear $(VENV)
	@$(PIP) -r requirements.lock | $(TELL)
	@$(BIN)/python -m pip install -q --no-deps --no-build-isolation -e .
	@touch $@

$(DEV): requirements-dev.lock $(SITE)
	@echo '装测试要用的：约 20 个包，下载 90 MB，占盘 310 MB，只装这一次'
	@$(PIP) -r requirements.lock -r requirements-dev.lock | $(TELL)
	@touch $@

lock: ## 照 pyproject.toml 重写两个锁文件（要有 uv）
	$(COMPILE) --group build -o requirements.lock
	$(COMPILE) --group dev -c requirements.lock -o requirements-dev.lock \
	  $$(sed -nE 's/^([a-z0-9-]+)==.*/--no-emit-package \1/p' requirements.lock | sort -u)

check: $(SITE) ## 检查台账（四道关）
	$(BIN)/qingyuan check

lint: $(DEV) ## 代码、类型、工作流检查
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/zizmor --offline --quiet --pedantic .github/workflows
	$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-forms .github/ISSUE_TEMPLATE/[!c]*.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.github-issue-config .github/ISSUE_TEMPLATE/config.yml
	$(BIN)/check-jsonschema --builtin-schema vendor.gitlab-ci .gitlab-ci.yml

site: $(SITE) ## 检查、计算、建站，放到 build/public
	$(BIN)/qingyuan build

print: $(SITE) ## 印一天要印的全部：周报、季报、通报、交办单、得分表、附表、公示牌、明白卡
	$(BIN)/qingyuan print all
	$(BIN)/qingyuan print board
	$(BIN)/qingyuan print card

serve: $(SITE) ## 本机预览，改了就重建
	$(BIN)/qingyuan serve

test: lint check ## 全部检查和测试（含真浏览器），有几个核就几份一起跑
	$(BIN)/python -m pytest -n auto --dist loadfile

fmt: $(DEV) ## 把台账和代码写成统一样子
	$(BIN)/qingyuan fmt
	$(BIN)/ruff format

rows: $(SITE) ## 重写照表结构、照证据函数写出的类型（改了列、取值或证据以后）
	$(BIN)/python -m pipeline.ledgers.generate
	$(BIN)/python -m pipeline.assessment.evidence.generate

bench: $(DEV) ## 量速度：同一次运行里的比值
	$(BIN)/python -m tests.bench

doctor: ## 看这台机器缺什么
	@$(firstword $(wildcard $(BIN)/python) $(PYTHON)) -m pipeline doctor

golden: $(DEV) ## 重写金样（改完请看差异）
	GOLDEN=1 $(BIN)/python -m pytest tests/test_golden.py

mutate: $(DEV) ## 往要紧的模块里放小错，看测试抓不抓得住（几分钟）
	$(BIN)/python -m tests.mutate

fuzz: $(DEV) ## 长跑：几万种坏输入，一种也不许崩、不许漏、不许泄（一小时）
	$(BIN)/python -m tests.sweep
	QINGYUAN_FUZZ=$(or $(N),5000) $(BIN)/python -m pytest tests/fuzz/test_fuzz_workbooks.py

shots: site $(DEV) ## 给每种页面拍图，放到 build/shots，请人看
	$(BIN)/python -m tests.shots

clean: ## 删掉生成的东西（不删 .venv）
	rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis
