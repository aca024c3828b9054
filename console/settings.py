"""Settings, declared once: file, environment (GRIDSEAT_…), command line and preferences come from it."""

from pathlib import Path
from typing import Annotated, Any, Literal

from platformdirs import user_config_path, user_data_path
from pydantic import Field
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

DATA = user_data_path("gridseat", appauthor=False)
FILE = user_config_path("gridseat", appauthor=False) / "settings.toml"
ENVIRONMENT = "GRIDSEAT_"
SPAN = r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$"  # from minute to minute

Group = Literal["look", "alerts", "desk", "base_map", "wall", "connection"]
Applies = Literal["now", "sign_in", "start"]


def _setting(name: str, group: Group, applies: Applies, **limits: Any) -> Any:  # noqa: ANN401  pydantic's own
    """Return what preferences must know of a field: title, where it stands, from when a change counts."""
    return Field(title=f"settings.{name}", json_schema_extra={"group": group, "applies": applies}, **limits)


class Settings(BaseSettings):
    """What an operator or a centre may choose; preferences are made from these fields, in this order."""

    model_config = SettingsConfigDict(env_prefix=ENVIRONMENT, toml_file=FILE, extra="ignore")

    language: Annotated[Literal["zh", "en"], _setting("language", "look", "now")] = "zh"
    theme: Annotated[Literal["dark", "light", "contrast"], _setting("theme", "look", "now")] = "dark"
    scale: Annotated[int, _setting("scale", "look", "start", ge=100, le=250)] = 100  # per cent
    density: Annotated[Literal["compact", "normal", "roomy"], _setting("density", "look", "now")] = "normal"
    times: Annotated[Literal["relative", "absolute"], _setting("times", "look", "now")] = "relative"
    reduced_motion: Annotated[bool, _setting("reduced_motion", "look", "now")] = False

    sound: Annotated[bool, _setting("sound", "alerts", "now")] = True
    volume: Annotated[int, _setting("volume", "alerts", "now", ge=0, le=100)] = 80  # per cent

    lock_minutes: Annotated[int, _setting("lock_minutes", "desk", "now", ge=0, le=480)] = 10  # 0: never

    # A file of MBTiles, or an address with {z} {x} {y}; hosts between commas that it may ask.
    base_map: Annotated[str | None, _setting("base_map", "base_map", "now")] = None
    base_map_hosts: Annotated[str | None, _setting("base_map_hosts", "base_map", "now")] = None
    base_map_datum: Annotated[Literal["wgs-84", "gcj-02"], _setting("base_map_datum", "base_map", "now")] = (
        "wgs-84"
    )
    base_map_attribution: Annotated[str | None, _setting("base_map_attribution", "base_map", "now")] = None
    base_map_shown: Annotated[bool, _setting("base_map_shown", "base_map", "now")] = True
    base_map_opacity: Annotated[int, _setting("base_map_opacity", "base_map", "now", ge=10, le=100)] = 100
    base_map_gray: Annotated[bool, _setting("base_map_gray", "base_map", "now")] = False
    base_map_level: Annotated[int, _setting("base_map_level", "base_map", "now", ge=1, le=22)] = 18
    base_map_cache_mib: Annotated[int, _setting("base_map_cache_mib", "base_map", "now", ge=0, le=20_000)] = (
        256
    )
    base_map_cache_days: Annotated[int, _setting("base_map_cache_days", "base_map", "now", ge=1, le=366)] = 30

    wall_seconds: Annotated[int, _setting("wall_seconds", "wall", "now", ge=5, le=600)] = 20
    wall_night: Annotated[str, _setting("wall_night", "wall", "now", pattern=SPAN)] = "22:00-06:00"
    wall_dim: Annotated[int, _setting("wall_dim", "wall", "now", ge=0, le=80)] = 40  # per cent; 0: never

    database: Annotated[str, _setting("database", "connection", "start")] = f"embedded:{DATA / 'database'}"
    operator: Annotated[str | None, _setting("operator", "connection", "start")] = None
    prefix: Annotated[str, _setting("prefix", "connection", "start", min_length=1)] = "gridseat"
    state: Annotated[Path, _setting("state", "connection", "start")] = DATA / "state"
    poll_seconds: Annotated[float, _setting("poll_seconds", "connection", "sign_in", gt=0, le=30)] = 1.0
    attend_seconds: Annotated[float, _setting("attend_seconds", "connection", "sign_in", gt=0, le=20)] = 5.0
    patience_seconds: Annotated[
        float, _setting("patience_seconds", "connection", "sign_in", gt=0, le=600)
    ] = 30.0

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
