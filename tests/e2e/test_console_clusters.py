"""Questions that ask the same, put together and taken apart in the console."""

from dataclasses import replace
from pathlib import Path

import httpx
import numpy as np
from numpy.typing import NDArray
from tests.console.stage import EVIL, Stage, staged
from tests.unit.bot.office.test_clusters import ByTopic
from tests.unit.bot.state.made import gap, posted

from aspire_bot.office.cluster_book import ClusterBook


class Apart:
    """An embedder that finds no two questions alike."""

    name = "apart/64"

    def embed_query(self, text: str) -> NDArray[np.float32]:
        vector = np.random.default_rng(list(text.encode())).normal(size=64).astype(np.float32)
        return (vector / np.linalg.norm(vector)).astype(np.float32)


def sent(client: httpx.Client, path: str, **fields: str | list[str]) -> httpx.Response:
    token = client.get("/audit").text.split('name="form_token" value="')[1].split('"')[0]
    return client.post(path, data={"team": "T1", **fields, "form_token": token})


def titles(stage: Stage) -> list[list[str]]:
    return sorted(sorted(one.questions) for one in stage.parts.groups.groups(9))


def _answers_of_a_group(stage: Stage, sato: httpx.Client, group: str) -> None:
    """The list of answers is led to from the group, and keeps to it."""
    for answer_id in ("z1", "z2"):
        stage.state.answers.add(replace(posted(answer_id), question=f"{answer_id}?"))
    stage.state.gaps.add(gap("g3", "Travel costs?", answer_id="z1", asker="U8"))
    assert f'/answers?group={group}"' in sato.get("/").text
    shown = sato.get("/answers", params={"group": group}).text
    assert f'<option value="{group}" selected>Travel ' in shown
    assert ("z1?" in shown, "z2?" in shown) == (True, False)


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
        _answers_of_a_group(stage, sato, travel.cluster_id)

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


def test_groups_beyond_the_first_are_found_by_words_and_merged(tmp_path: Path) -> None:
    embedder = Apart()
    with (
        staged(tmp_path, embedder=embedder) as stage,
        httpx.Client(base_url=stage.url, follow_redirects=True) as sato,
    ):
        sato.post(stage.sign_in_path())
        state = stage.state
        for number in range(24):
            asked = gap(f"k{number:02}", f"Topic{number:02} of mine?", asker="U5")
            state.gaps.add(replace(asked, answer_id=f"w{number}"))
        state.gaps.add(gap("t1", "Travel COSTS?", asker="U6"))
        state.gaps.add(replace(gap("t2", "旅費は出ますか", asker="U6"), team="T2"))
        book = ClusterBook(state=state, embedder=embedder)
        book.refresh("T1")
        book.refresh("T2")
        state.gaps.add(gap("u1", "Not grouped yet?", asker="U6"))
        inbox = sato.get("/").text
        assert "Only the first 20 are shown." in inbox
        first = sato.get("/questions").text
        assert "28 in all" in first
        assert first.count("<article") == 20
        last = sato.get("/questions?from=20").text
        assert last.count("<article") == 8
        assert "from=40" not in last
        assert sato.get("/questions?from=x&text=" + "y" * 900).status_code == 200

        hits = sato.get("/questions", params={"text": "costs travel"}).text
        assert hits.count("<article") == 1
        assert "Travel COSTS?" in hits
        every = state.clusters.open_groups(99)
        into_id = next(one.cluster_id for one in every if "k07" in one.gap_ids)
        assert into_id is not None
        asked = {"into": into_id, "text": "travel"}
        page = sato.get("/questions", params=asked).text
        assert "Which of these asks the same as “Topic07 of mine?”?" in page
        other = page.split('name="other" value="')[1].split('"')[0]
        beside = sato.get("/questions", params={"into": into_id}).text
        assert "25 in all" in beside, (
            "neither itself, nor another workspace's, nor what is no cluster"
        )
        told = sent(sato, f"/clusters/{into_id}/merge", other=other, team="T1").text
        assert "are one now" in told
        assert set(state.clusters.gaps_of(into_id)) == {"k07", "t1"}
        assert sato.get("/questions?into=gone").status_code == 409
