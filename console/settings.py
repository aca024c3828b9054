"""Settings, declared once: file, environment (GRIDSEAT_…), command line and preferences come from it."""

from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_config_path, user_data_path
from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

DATA = user_data_path("gridseat", appauthor=False)


class Settings(BaseSettings):
    """What an operator or a centre may choose; the titles are those of the preferences dialog."""

    model_config = SettingsConfigDict(
        env_prefix="GRIDSEAT_",
        toml_file=user_config_path("gridseat", appauthor=False) / "settings.toml",
        extra="ignore",
    )

    database: str = Field(default=f"embedded:{DATA / 'database'}", title="settings.database")
    operator: str | None = Field(default=None, title="settings.operator")
    prefix: str = Field(default="gridseat", title="settings.prefix")
    language: Literal["zh", "en"] = Field(default="zh", title="settings.language")
    theme: Literal["dark", "light", "contrast"] = Field(default="dark", title="settings.theme")
    state: Path = Field(default=DATA / "state", title="settings.state")
    poll_seconds: Annotated[float, Field(gt=0, le=30, title="settings.poll_seconds")] = 1.0
    patience_seconds: Annotated[float, Field(gt=0, le=600, title="settings.patience_seconds")] = 30.0

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the base class names it
        file_secret_settings: PydanticBaseSettingsSource,  # noqa: ARG003  the base class names it
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Let the command line win over the environment, and that over the file."""
        return init_settings, env_settings, TomlConfigSettingsSource(settings_cls)
