"""How the name of an organisation is said: official, short, and bare of its ending."""

import re

_COMMITTEE = re.compile(r"(.+?)(?:(村民委员会|村委会)|居民委员会|居委会)")
_STREET = re.compile(r"(.+)街道(?:办事处)?")
_ENDING = {
    "community": re.compile(r"(..+?)(?:村|社区)"),
    "township": re.compile(r"(..+)(?:街道|镇|乡)"),
    "county": re.compile(r"(..+)[县区市]"),
    "city": re.compile(r"(..+)市"),
    "province": re.compile(r"(..+)[省市]"),
}


def spoken(name: str, level: str) -> set[str]:
    """Return every exact way to say a name: 韩家庄村 for 韩家庄村民委员会, 建北办事处 for 建北街道."""
    if level == "township" and (street := _STREET.fullmatch(name)):
        stem = street[1]
        return {name, f"{stem}街道", f"{stem}街道办事处", f"{stem}街道办", f"{stem}办事处"}
    if level != "community" or not (committee := _COMMITTEE.fullmatch(name)):
        return {name}
    stem, village = committee.groups()
    if village:
        short = stem.removesuffix("村")
        return {name, f"{short}村", f"{short}村委会", f"{short}村民委员会", f"{short}村村民委员会"}
    short = stem.removesuffix("社区")
    said = {name, f"{short}社区", f"{short}居委会", f"{short}居民委员会", f"{short}社区居委会"}
    return said | ({short} if short.endswith("村") else set())


def bare(name: str, level: str) -> set[str]:
    """Return a name without its ending, two characters at least: 韩家庄, 南楼, 正定."""
    ending = _ENDING.get(level)
    found = (ending.fullmatch(said) for said in spoken(name, level)) if ending else ()
    return {match[1] for match in found if match}
