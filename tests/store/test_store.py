"""The store: an entry is whole or absent, damage costs work and nothing else."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from pipeline import store


@dataclass
class Note:
    """Something to keep."""

    words: str
    spans: list[tuple[int, int]] = field(default_factory=list)


def test_value_comes_back_and_is_made_once(tmp_path: Path) -> None:
    shelf = store.Shelf(tmp_path, "notes", Note)
    made = []

    def make() -> Note:
        made.append(1)
        return Note("“é”", [(1, 2)])

    name = store.key("a", b"b")
    assert shelf.fetch(name, make) == (Note("“é”", [(1, 2)]), False)
    assert shelf.fetch(name, make) == (Note("“é”", [(1, 2)]), True)
    assert len(made) == 1
    assert shelf.fetch(name, make, fresh=True)[1] is False
    assert len(made) == 2


def test_damaged_entry_is_made_again(tmp_path: Path) -> None:
    shelf = store.Shelf(tmp_path, "notes", Note)
    name = store.key("x")
    shelf.put(name, Note("a"))
    [path] = store.entries(tmp_path)
    for damage in (b"", b"not zstd", path.read_bytes()[:-3]):
        path.write_bytes(damage)
        assert shelf.get(name) is None
        shelf.put(name, Note("a"))
    assert shelf.get(name) == Note("a")


def test_keys_depend_on_every_part_and_their_borders() -> None:
    assert len({store.key("ab", "c"), store.key("a", "bc"), store.key("abc"), store.key("ab", "c", "")}) == 4


def test_prune_removes_what_was_not_used(tmp_path: Path) -> None:
    shelf = store.Shelf(tmp_path, "notes", Note)
    for word in "abc":
        shelf.put(store.key(word), Note(word))
    old, *fresh = list(store.entries(tmp_path))
    os.utime(old, (0, 0))
    assert store.prune(tmp_path, keep_days=30)[0] == 1
    assert list(store.entries(tmp_path)) == fresh
