"""What all tasks have."""

from pydantic import BaseModel, ConfigDict


class BaseTask(BaseModel):
    """Work that the bot gives itself; `user` wants it, or is whom it is for; empty: nobody."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    user: str
