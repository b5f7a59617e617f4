"""What arrives at a button, a command, a shortcut or a modal, checked."""

from pydantic import AliasPath, BaseModel, ConfigDict, Field

from aspire_bot.slack.listeners.forwarded_messages import Attachment, with_forwarded


class _Payload(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class SharedFile(_Payload):
    """A file that a message carries, as far as that tells of it; the rest Slack is asked for."""

    id: str
    name: str = ""


class Click(_Payload):
    """A button was pressed, in a message or on the Home."""

    team: str = Field(validation_alias=AliasPath("team", "id"), default="")
    user: str = Field(validation_alias=AliasPath("user", "id"))
    channel: str = Field(validation_alias=AliasPath("channel", "id"), default="")
    message_ts: str = Field(validation_alias=AliasPath("container", "message_ts"), default="")
    thread_ts: str = Field(validation_alias=AliasPath("container", "thread_ts"), default="")
    trigger_id: str = ""
    response_url: str = ""
    action_id: str = Field(validation_alias=AliasPath("actions", 0, "action_id"))
    action_ts: str = Field(validation_alias=AliasPath("actions", 0, "action_ts"), default="")
    value: str = Field(validation_alias=AliasPath("actions", 0, "value"), default="")

    @property
    def key(self) -> str:
        """What is the same where this click is delivered again."""
        return f"click:{self.team}:{self.user}:{self.action_id}:{self.action_ts}"


class Command(_Payload):
    """A slash command was sent."""

    team: str = Field(validation_alias="team_id", default="")
    user: str = Field(validation_alias="user_id")
    channel: str = Field(validation_alias="channel_id", default="")
    text: str = ""
    trigger_id: str = ""
    response_url: str = ""


class Shortcut(_Payload):
    """A shortcut was chosen in the menu of a message."""

    team: str = Field(validation_alias=AliasPath("team", "id"), default="")
    user: str = Field(validation_alias=AliasPath("user", "id"))
    channel: str = Field(validation_alias=AliasPath("channel", "id"), default="")
    callback_id: str
    trigger_id: str = ""
    response_url: str = ""
    message_ts: str = Field(validation_alias=AliasPath("message", "ts"), default="")
    thread_ts: str = Field(validation_alias=AliasPath("message", "thread_ts"), default="")
    text: str = Field(validation_alias=AliasPath("message", "text"), default="")
    files: tuple[SharedFile, ...] = Field(
        validation_alias=AliasPath("message", "files"), default=()
    )
    attachments: tuple[Attachment, ...] = Field(
        validation_alias=AliasPath("message", "attachments"), default=()
    )

    @property
    def whole_text(self) -> str:
        """The message's own words and those it forwards, as mrkdwn."""
        return with_forwarded(self.text, self.attachments)


class _Chosen(_Payload):
    value: str = ""


class _Field(_Payload):
    """One input of a modal, of any kind that ours have."""

    value: str | None = None
    selected_option: _Chosen | None = None
    selected_options: tuple[_Chosen, ...] = ()
    selected_date: str | None = None

    def read(self) -> str:
        if self.selected_option is not None:
            return self.selected_option.value
        return self.value or self.selected_date or ""


class Submission(_Payload):
    """A modal was sent."""

    team: str = Field(validation_alias=AliasPath("team", "id"), default="")
    user: str = Field(validation_alias=AliasPath("user", "id"))
    view_id: str = Field(validation_alias=AliasPath("view", "id"), default="")
    callback_id: str = Field(validation_alias=AliasPath("view", "callback_id"))
    metadata: str = Field(validation_alias=AliasPath("view", "private_metadata"), default="")
    values: dict[str, dict[str, _Field]] = Field(
        validation_alias=AliasPath("view", "state", "values"), default_factory=dict
    )

    def field(self, name: str) -> str:
        """Give what was filled in; block and action carry the same name in our modals."""
        found = self.values.get(name, {}).get(name)
        return found.read() if found else ""

    def choices(self, name: str) -> tuple[str, ...]:
        """Give what was chosen, where several may be."""
        found = self.values.get(name, {}).get(name)
        return tuple(chosen.value for chosen in found.selected_options) if found else ()
