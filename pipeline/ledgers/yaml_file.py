"""The only door to YAML: plain data in, no tags, no surprises."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from pipeline.ledgers.ceilings import MAX_YAML_BYTES, MAX_YAML_DEPTH


class YamlTrouble(Exception):
    """A YAML file that cannot be read; the message is Chinese and names file and line."""


class _TextLoader(yaml.CSafeLoader if hasattr(yaml, "CSafeLoader") else yaml.SafeLoader):  # type: ignore[misc]
    """Safe loader that leaves dates as text and refuses a key given twice."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                mark = node.start_mark
                raise yaml.constructor.ConstructorError(None, None, f"{key} 写了两次", mark)
        made: dict[Any, Any] = super().construct_mapping(node, deep)
        return made


_TextLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in pairs if tag != "tag:yaml.org,2002:timestamp"]
    for first, pairs in _TextLoader.yaml_implicit_resolvers.items()
}


def load_yaml(path: Path) -> Any:
    """Return the plain data of one YAML file; dates stay text.

    Raises:
        YamlTrouble: the file is missing, is not UTF-8, or is not YAML.
    """
    try:
        if not path.is_file() or path.stat().st_size > MAX_YAML_BYTES:
            raise OSError  # a pipe would keep us waiting for ever
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as trouble:
        raise YamlTrouble(
            f"{path.name}：读不了这个文件，请确认它在原处、用 UTF-8 保存"
        ) from trouble
    if _deepest(text) > MAX_YAML_DEPTH:
        raise YamlTrouble(f"{path.name}：一层套一层太深，不是我们的配置文件")
    try:
        return yaml.load(text, Loader=_TextLoader)  # noqa: S506 - a SafeLoader of our own
    except (yaml.YAMLError, RecursionError, ValueError) as trouble:
        mark = getattr(trouble, "problem_mark", None)
        place = f"第{mark.line + 1}行" if mark else ""
        raise YamlTrouble(
            f"{path.name}{place}：不是合格的 YAML，请检查缩进、冒号和引号"
        ) from trouble


def _deepest(text: str) -> int:
    """Return a bound of how deep values can be nested: the C parser overflows its stack on more."""
    marks = re.compile(r"[-?:](?: |$)")
    block = max(
        len(line) - len(line.lstrip()) + len(marks.findall(line)) for line in text.split("\n")
    )
    return block + text.count("[") + text.count("{")
