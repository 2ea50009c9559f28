"""Reading again what another version has read: told first, then done; the earlier reading stays."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from store import open_store
from tests.commands import Command

TEXT = "Germany has sent 500 soldiers to Lithuania, the defence ministry said on Friday.\n"


def test_a_dry_run_says_what_the_run_then_does(garrison: Command, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'own.db'}"
    (tmp_path / "news.txt").write_text(TEXT, encoding="utf-8")
    assert garrison("add", "news.txt").code == 0
    assert "0 articles read by another version" in garrison("reread").out
    store = open_store(url)
    (id,) = store.read_otherwise("none")
    kept = store.article(id)
    assert kept
    (claim,) = kept.reading.claims
    store.save(replace(kept.reading, extractor="older", claims=(replace(claim, status="planned"),)))

    told = garrison("reread", "--dry-run").out
    assert "1 article read by another version" in told
    assert "  ~ DEU ground deployed, Lithuania" in told
    assert "other status" in told
    assert told.endswith("1 article would change\n")
    assert list(store.read_otherwise("older")) == []

    assert garrison("reread").out.endswith("1 article changed\n")
    again = store.article(id)
    assert again
    assert again.reading.claims == (claim,)
    assert len(again.earlier) == 2
    assert store.deployments.of_claim(claim.id)
    store.close()
