"""Blocks, elements and views that Slack takes, one of each kind."""

from typing import Any

PLAIN: dict[str, Any] = {"type": "plain_text", "text": "Text"}
MRKDWN: dict[str, Any] = {"type": "mrkdwn", "text": "*Text*"}
OPTION: dict[str, Any] = {"text": PLAIN, "value": "one"}
BUTTON: dict[str, Any] = {
    "type": "button",
    "text": PLAIN,
    "action_id": "press",
    "value": "v",
    "style": "primary",
}
FEEDBACK: dict[str, Any] = {
    "type": "feedback_buttons",
    "action_id": "vote",
    "positive_button": {"text": PLAIN, "value": "good"},
    "negative_button": {"text": PLAIN, "value": "bad", "accessibility_label": "Bad"},
}
SELECT: dict[str, Any] = {
    "type": "static_select",
    "action_id": "pick",
    "placeholder": PLAIN,
    "options": [OPTION, {"text": PLAIN, "value": "two"}],
}
TEXT_INPUT: dict[str, Any] = {
    "type": "plain_text_input",
    "action_id": "why",
    "multiline": True,
    "max_length": 100,
}
RICH: dict[str, Any] = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_section",
            "elements": [
                {"type": "text", "text": "t", "style": {"bold": True}},
                {"type": "link", "url": "https://example.org"},
            ],
        }
    ],
}
TASK: dict[str, Any] = {
    "type": "task_card",
    "task_id": "t1",
    "title": "Searching",
    "status": "complete",
    "details": RICH,
    "sources": [{"type": "url", "url": "https://example.org", "text": "Source"}],
}
TABLE: dict[str, Any] = {
    "type": "table",
    "rows": [
        [{"type": "raw_text", "text": "Item"}, {"type": "raw_text", "text": "Yen"}],
        [RICH, {"type": "raw_number", "value": 1200, "text": "1,200"}],
    ],
    "column_settings": [{"is_wrapped": True}, {"align": "right"}],
}
SECTION: dict[str, Any] = {"type": "section", "block_id": "s", "text": MRKDWN}
CONTEXT: dict[str, Any] = {
    "type": "context",
    "elements": [
        MRKDWN,
        {"type": "image", "image_url": "https://example.org/i.png", "alt_text": "i"},
    ],
}
ACTIONS: dict[str, Any] = {
    "type": "actions",
    "block_id": "acts",
    "elements": [
        BUTTON,
        SELECT,
        {"type": "overflow", "action_id": "more", "options": [OPTION]},
        {"type": "conversations_select", "action_id": "where", "filter": {"include": ["public"]}},
        {"type": "radio_buttons", "action_id": "mode", "options": [OPTION]},
        {"type": "checkboxes", "action_id": "boxes", "options": [OPTION]},
        {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-21"},
    ],
}
INPUT: dict[str, Any] = {"type": "input", "block_id": "why", "label": PLAIN, "element": TEXT_INPUT}

CONTAINER: dict[str, Any] = {
    "type": "container",
    "title": PLAIN,
    "subtitle": PLAIN,
    "width": "full",
    "is_collapsible": True,
    "default_collapsed": True,
    "child_blocks": [SECTION, {"type": "divider"}, CONTEXT],
}

BLOCKS: dict[str, dict[str, Any]] = {
    "section": SECTION,
    "fields": {"type": "section", "fields": [MRKDWN, PLAIN], "accessory": BUTTON},
    "header": {"type": "header", "text": PLAIN},
    "divider": {"type": "divider"},
    "context": CONTEXT,
    "actions": ACTIONS,
    "context_actions": {
        "type": "context_actions",
        "elements": [
            FEEDBACK,
            {"type": "icon_button", "icon": "trash", "text": PLAIN, "action_id": "delete"},
        ],
    },
    "input": INPUT,
    "url input": {
        "type": "input",
        "label": PLAIN,
        "optional": True,
        "element": {"type": "url_text_input", "action_id": "url"},
    },
    "markdown": {"type": "markdown", "text": "**Text**"},
    "image": {"type": "image", "image_url": "https://example.org/i.png", "alt_text": "i"},
    "rich_text": RICH,
    "table": TABLE,
    "container": CONTAINER,
    "task_card": TASK,
    "plan": {"type": "plan", "title": "Working", "tasks": [TASK]},
}
MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "reason",
    "title": PLAIN,
    "submit": PLAIN,
    "close": PLAIN,
    "private_metadata": "{}",
    "notify_on_close": True,
    "blocks": [
        SECTION,
        INPUT,
        {"type": "input", "block_id": "pick", "label": PLAIN, "optional": True, "element": SELECT},
    ],
}
HOME: dict[str, Any] = {"type": "home", "blocks": [SECTION, ACTIONS]}
