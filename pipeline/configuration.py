"""Configuration: what a build is told by `onrecord.toml`, checked at once; a wrong key stops with its line."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from pipeline.errors import OnrecordError

#: Names of record fields that may be set, and what readers call them.
FIELDS = {
    "text": "text", "title": "title", "url": "url", "date": "published_at", "source": "publisher",
    "authors": "authors", "id": "id",
}  # fmt: skip
#: How a size of memory is written.
SIZE = r"[1-9]\d{0,8}(?:\.\d+)? ?[KMGT]i?B"
#: The file that is read where none is named.
FILE = Path("onrecord.toml")


class ConfigurationError(OnrecordError):
    """A setting is wrong; the message is one line that says what to do."""


def setting(section: str, description: str, default: Any = None, form: str | None = None, **bounds: float) -> Any:
    """A field of the configuration: its section in the file, what it does, its default, form and bounds."""
    metadata = {"section": section, "description": description, "form": form, **bounds}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=metadata)
    return field(default=default, metadata=metadata)


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything that may change what a build does. Paths are relative to the working folder."""

    sources: str | None = setting(
        "input", "CSV file of the sources and their rights; by default sources.csv beside the raw files"
    )
    fields: dict[str, str] = setting(
        "fields", "names of your records' fields: text, title, url, date, source, authors, id", {}
    )
    gazetteers: tuple[str, ...] = setting("input", "files of names of your own, in the format of the package's", ())
    excerpt_share: float = setting(
        "excerpts", "share of an article's characters that a release may show", 0.15, least=0, most=1
    )
    excerpt_characters: int = setting("excerpts", "and how many characters at most", 1_500, least=0)
    shard_articles: int = setting(
        "work", "raw records in a shard, which a worker takes at once", 64, least=1, most=10_000
    )
    few_records: int = setting(
        "work", "new raw records up to which no more than one worker starts: others take longer to load", 24, least=0
    )
    longest_text: int = setting("work", "characters above which an article is rejected", 1_000_000, least=1_000)
    memory_limit: str = setting("work", "memory for linking, which spills to disk above it", "450MB", form=SIZE)
    row_drop: float = setting(
        "gate", "share of a table's rows that may go missing without the gate closing", 0.2, least=0, most=1
    )
    fill_drop: float = setting("gate", "fall of a column's fill rate that closes the gate", 0.2, least=0, most=1)
    contact: str | None = setting(
        "release", "address to which people write for a correction or removal; printed in the dataset card"
    )
    alert: str | None = setting(
        "work", "command that is run when a scheduled build fails; the reason is in ONRECORD_ALERT"
    )

    def sha256(self) -> str:
        """Hash of the settings."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def read(path: Path | None) -> Configuration:
    """The configuration in a file; in `onrecord.toml`, where there is one, if none is named.

    Raises:
        ConfigurationError: the file is not there, is not TOML, or a key or value is wrong.
    """
    if path is None:
        if not FILE.is_file():
            return Configuration()
        path = FILE
    try:
        text = path.read_text(encoding="utf-8")
        found = tomllib.loads(text)
    except FileNotFoundError as error:
        raise ConfigurationError(f"there is no configuration file {path}: make one with onrecord init") from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path}: {error}") from error
    return Configuration(**_settings(found, text, str(path)))


def _settings(found: dict[str, Any], text: str, name: str) -> dict[str, Any]:
    known = {(spec.metadata["section"], spec.name): spec for spec in fields(Configuration)}
    sections = {section for section, _ in known}
    values: dict[str, Any] = {}
    for section, content in found.items():
        if section not in sections or not isinstance(content, dict):
            where = _line(text, section)
            raise ConfigurationError(
                f"{name}, line {where}: there is no section [{section}]; there are {', '.join(sorted(sections))}"
            )
        if section == "fields":
            values["fields"] = _field_names(content, text, name)
            continue
        for key, value in content.items():
            spec = known.get((section, key))
            if spec is None:
                there = ", ".join(sorted(other for group, other in known if group == section))
                raise ConfigurationError(
                    f"{name}, line {_line(text, key, section)}: [{section}] has no {key}; it has {there}"
                )
            values[key] = _checked(spec, value, f"{name}, line {_line(text, key, section)}: {key}")
    return values


def _field_names(content: dict[str, Any], text: str, name: str) -> dict[str, str]:
    for key, value in content.items():
        if key not in FIELDS or not isinstance(value, str):
            where = f"{name}, line {_line(text, key, 'fields')}"
            raise ConfigurationError(f"{where}: [fields] takes names for {', '.join(FIELDS)}")
    return {FIELDS[key]: value for key, value in content.items()}


def _checked(spec: Any, value: Any, where: str) -> Any:
    kind = str(spec.type)
    if kind.startswith("tuple"):
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise ConfigurationError(f"{where} must be a list of texts")
        return tuple(value)
    if kind.startswith("str"):
        if not isinstance(value, str):
            raise ConfigurationError(f"{where} must be a text")
        if spec.metadata.get("form") and not re.fullmatch(spec.metadata["form"], value):
            raise ConfigurationError(f"{where} must be a size such as {spec.default}")
        return value
    wanted = int if kind == "int" else (int, float)
    if isinstance(value, bool) or not isinstance(value, wanted):
        raise ConfigurationError(f"{where} must be a {'whole ' if kind == 'int' else ''}number")
    least, most = spec.metadata.get("least"), spec.metadata.get("most")
    if not ((least is None or value >= least) and (most is None or value <= most)):  # so that nan is refused
        span = f"at least {least}" if most is None else f"from {least} to {most}"
        raise ConfigurationError(f"{where} must be {span}")
    return value if kind == "int" else float(value)


def _line(text: str, key: str, section: str | None = None) -> int:
    """The line of a key of a section, or of a section's head."""
    head = re.search(rf"^\s*\[\s*{re.escape(section)}\s*\]", text, re.MULTILINE) if section else None
    begin = head.end() if head else 0
    match = re.compile(rf"^[ \t]*\[?[ \t]*[\"']?{re.escape(key)}(?![\w-])", re.MULTILINE).search(text, begin)
    return text.count("\n", 0, match.start()) + 1 if match else 1


def template() -> str:
    """A configuration file with every setting at its default, described and commented out."""
    lines = ["# onrecord.toml: every setting at its default. Take the # away to change one.", ""]
    sections: dict[str, list[Any]] = {}
    for spec in fields(Configuration):
        sections.setdefault(spec.metadata["section"], []).append(spec)
    for section, specs in sections.items():
        lines.append(f"[{section}]")
        for spec in specs:
            lines.append(f"# {spec.metadata['description']}")
            if section == "fields":
                lines += ['# text = "body"', '# date = "published"']
                continue
            default = (
                "" if spec.default is None else list(spec.default) if isinstance(spec.default, tuple) else spec.default
            )
            lines.append(f"# {spec.name} = {json.dumps(default)}")
        lines.append("")
    return "\n".join(lines)
