"""YAML into frozen models; an error names the file, the line, the key and the nearest right one."""

import difflib
import typing
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from pydantic_core import PydanticCustomError

from schemas.errors import ConfigError

Model = TypeVar("Model", bound=BaseModel)


def load(path: Path, model: type[Model]) -> Model:
    """The `model` written in the YAML file `path`.

    Raises:
        ConfigError: one line for each thing that is wrong: file, line, key, what was expected,
            and the nearest right key.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        raise ConfigError(
            f"{path} is not there. Write one with 'wenyuan init DIR', or name another with -c."
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{path} cannot be read: {error}") from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    try:
        root = loader.get_single_node()
        twice = list(_repeated_keys(root))
        data = loader.construct_document(root) if root else {}
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ConfigError(f"{path}:{line}: not YAML: {error.problem}") from None
    if twice:
        raise ConfigError("\n".join(f"{path}:{line}: {key} is there twice" for line, key in twice))
    try:
        return model.model_validate(data or {}, context={"folder": path.parent})
    except ValidationError as error:
        lines = (_explain(path, root, model, problem) for problem in error.errors())
        raise ConfigError("\n".join(dict.fromkeys(lines))) from None


def wrong(message: str, *keys: str) -> PydanticCustomError:
    """The error a validator raises about what lies under `keys`, so that its line can be named."""
    return PydanticCustomError("wrong", "{message}", {"message": message, "keys": keys})


def nearest(word: str, known: Iterable[str]) -> str:
    """A hint for a wrong word: the nearest known one, else all of them.

    >>> nearest("han_raito", ["han_ratio", "chars"])
    "did you mean 'han_ratio'?"
    >>> nearest("x", ["han_ratio", "chars"])
    'known: chars, han_ratio'
    """
    names = sorted(known)
    close = difflib.get_close_matches(word, names, n=1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(names)}"


def _explain(path: Path, root: yaml.Node | None, model: type[BaseModel], problem: Any) -> str:
    keys = [*problem["loc"], *problem.get("ctx", {}).get("keys", ())]
    line, where = _place(root, keys)
    message = problem["msg"].removeprefix("Value error, ")
    if problem["type"] == "extra_forbidden":
        message = f"unknown key; {nearest(str(keys[-1]), _keys_at(model, keys[:-1]))}"
    elif problem["type"] == "missing":
        message = "this key is missing"
    elif problem["type"] != "wrong" and not isinstance(problem["input"], dict | list):
        message = f"{message[0].lower()}{message[1:]}, but there is {problem['input']!r}"
    return f"{path}:{line}: {'.'.join(where) or 'the file'}: {message}"


def _place(node: yaml.Node | None, keys: list[Any]) -> tuple[int, list[str]]:
    """The line of the deepest node that `keys` leads to, and the keys that were really there."""
    line, where = (node.start_mark.line + 1 if node else 1), []
    for key in keys:
        step = _child(node, key)
        if step is None:
            if not isinstance(key, str) or isinstance(node, yaml.MappingNode):
                where.append(str(key))
            continue
        mark, node = step
        line = mark + 1
        where.append(str(key))
    return line, where


def _child(node: yaml.Node | None, key: Any) -> tuple[int, yaml.Node] | None:
    if isinstance(node, yaml.MappingNode):
        for name, value in node.value:
            if name.value == str(key):
                return name.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(key, int) and key < len(node.value):
        return node.value[key].start_mark.line, node.value[key]
    return None


def _keys_at(model: type[BaseModel], keys: list[Any]) -> set[str]:
    """The keys allowed where `keys` leads to in `model`."""
    here: list[Any] = [model]
    for key in keys:
        here = [inner for kind in here for inner in _step(kind, key)]
    return {name for kind in here if _is_model(kind) for name in kind.model_fields}


def _step(kind: Any, key: Any) -> Iterator[Any]:
    if _is_model(kind):
        if key in kind.model_fields:
            yield from _flat(kind.model_fields[key].annotation)
    elif typing.get_origin(kind) in (dict, tuple, list):
        yield from _flat(typing.get_args(kind)[-1])


def _flat(annotation: Any) -> Iterator[Any]:
    """The alternatives of a union, with `Annotated` taken off."""
    if typing.get_origin(annotation) is typing.Annotated:
        annotation = typing.get_args(annotation)[0]
    arguments = typing.get_args(annotation)
    if arguments and typing.get_origin(annotation) not in (dict, tuple, list):
        for argument in arguments:
            yield from _flat(argument)
    else:
        yield annotation


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _repeated_keys(node: yaml.Node | None) -> Iterator[tuple[int, str]]:
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for name, value in node.value:
            if name.value in seen:
                yield name.start_mark.line + 1, name.value
            seen.add(name.value)
            yield from _repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            yield from _repeated_keys(value)
