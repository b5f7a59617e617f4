"""A question in Slack says where its asker is."""

from tests.local_slack.answers import ENGLISH_ANSWER
from tests.local_slack.scene import run_bot


def test_each_asker_is_answered_by_the_day_where_they_are() -> None:
    with run_bot(ENGLISH_ANSWER, ENGLISH_ANSWER) as scene:
        scene.alice.asks("C1", "Which calls are open today?")
        scene.settle()
        scene.ken.asks("C1", "Which calls are open today?")
        scene.settle()
        assert [one.timezone for one in scene.core.questions] == ["Europe/Paris", "Asia/Tokyo"]
        assert scene.slack.count("users.info") == 2
