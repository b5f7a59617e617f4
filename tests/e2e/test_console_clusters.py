"""Questions that ask the same, put together and taken apart in the console."""

from pathlib import Path

import httpx
from tests.console.stage import EVIL, Stage, staged
from tests.unit.bot.office.test_clusters import ByTopic
from tests.unit.bot.state.made import gap

from aspire_bot.office.cluster_book import ClusterBook


def sent(client: httpx.Client, path: str, **fields: str | list[str]) -> httpx.Response:
    token = client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]
    return client.post(path, data={"team": "T1", **fields, "form_token": token})


def titles(stage: Stage) -> list[list[str]]:
    return sorted(sorted(one.questions) for one in stage.parts.groups.groups(9))


def test_groups_are_merged_split_dismissed_and_taken_up_again(tmp_path: Path) -> None:
    embedder = ByTopic()
    with (
        staged(tmp_path, embedder=embedder) as stage,
        httpx.Client(base_url=stage.url, follow_redirects=True) as sato,
    ):
        sato.post(stage.sign_in_path())
        state = stage.state
        state.gaps.set_status("g1", "answered")
        book = ClusterBook(state=state, embedder=embedder)
        state.gaps.add(gap("n1", f"Not grouped yet {EVIL}"))
        assert "/questions/n1/dismiss" in sato.get("/").text
        sent(sato, "/questions/n1/dismiss", reason="x")
        for number, question in enumerate(["Zebras?", "Travel costs?", "Travel money for me?"]):
            state.gaps.add(gap(f"g{number + 2}", question, asker=f"U{number}"))
        book.refresh("T1")
        travel, zebras = stage.parts.groups.groups(9)
        assert travel.cluster_id is not None
        assert zebras.cluster_id is not None

        merged = sent(sato, f"/clusters/{zebras.cluster_id}/merge", other=travel.cluster_id)
        assert "are one now" in merged.text
        assert titles(stage) == [["Travel costs?", "Travel money for me?", "Zebras?"]]
        assert sent(sato, f"/clusters/{zebras.cluster_id}/merge", other="g9").status_code == 409

        path = f"/clusters/{zebras.cluster_id}/split"
        assert sent(sato, path).status_code == 400
        assert sent(sato, path, gap=["g2", "g3", "g4"]).status_code == 409
        assert sent(sato, path, gap=["g2", "g3", "other"]).status_code == 200
        assert titles(stage) == [["Travel costs?", "Zebras?"], ["Travel money for me?"]]
        state.gaps.add(gap("g7", "Zebras and I?", asker="U7"))
        book.refresh("T1")
        assert ["Travel money for me?"] in titles(stage), "what was taken apart stays so"

        (big, _) = stage.parts.groups.groups(9)
        assert sent(sato, f"/clusters/{big.cluster_id}/dismiss", reason=" ").status_code == 400
        shown = sent(sato, f"/clusters/{big.cluster_id}/dismiss", reason="not <b>ours</b>").text
        assert "not &lt;b&gt;ours" in shown
        assert titles(stage) == [["Travel money for me?"]]
        other_team = sent(sato, f"/clusters/{big.cluster_id}/reopen", team="T2")
        assert other_team.status_code == 409
        sent(sato, f"/clusters/{big.cluster_id}/reopen")
        assert len(titles(stage)) == 2
        acts = [row.act for row in state.audit.all()]
        assert acts[2:] == ["cluster.merge", "cluster.split", "cluster.dismiss", "cluster.reopen"]
