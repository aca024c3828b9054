"""Who the embedded server runs as. PostgreSQL refuses root, so root lends it another identity."""

import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from console.errors import OutOfReach
from console.language import say

if sys.platform != "win32":
    import pwd

USERS = ("postgres", "nobody")
SECONDS = 10


@dataclass(frozen=True)
class Identity:
    """An owner (user, group) for the server's files, and what stands before its programs' command lines."""

    prefix: tuple[str, ...] = ()
    owner: tuple[int, int] | None = None

    def can(self, folder: Path, program: Path) -> bool:
        """Tell whether this identity may enter ``folder`` and run ``program``."""
        test = [*self.prefix, "test", "-x", str(folder), "-a", "-x", str(program)]
        try:
            done = subprocess.run(  # noqa: S603  our own words
                test, check=False, capture_output=True, timeout=SECONDS, start_new_session=True
            )
        except FileNotFoundError:  # a system without setpriv or unshare
            return False
        return done.returncode == 0

    def owns(self, path: Path) -> bool:
        """Tell whether ``path`` belongs to this identity or to whoever lends it."""
        if sys.platform == "win32":
            return True
        return path.stat().st_uid in {os.geteuid(), *(self.owner or ())[:1]}

    def own(self, path: Path) -> None:
        """Give ``path`` and all that is in it to this identity, unless it already is its own."""
        if sys.platform == "win32" or self.owner is None or path.stat().st_uid == self.owner[0]:
            return
        for inside in path.rglob("*"):
            os.chown(inside, *self.owner, follow_symlinks=False)
        os.chown(path, *self.owner)  # last: an interrupted change is begun anew


def root() -> bool:
    """Tell whether this process is root's, as which PostgreSQL does not run."""
    return sys.platform != "win32" and os.geteuid() == 0


def choose(folder: Path, data: Path, program: Path) -> Identity:
    """Return who runs ``program`` in ``folder``.

    Oneself; for root the user who owns ``data`` already, or an unprivileged one; where none can
    reach the folder, root under another number in a user namespace; else ``folder_unreachable``.
    """
    if sys.platform == "win32" or not root():
        return Identity()
    for identity in _candidates(data):
        if identity.can(folder, program):
            return identity
    raise OutOfReach("folder_unreachable", folder=folder, reason=say("embedded.root_alone"))


if sys.platform != "win32":

    def _candidates(data: Path) -> Iterator[Identity]:
        if data.exists() and (owner := data.stat()).st_uid != 0:
            yield _user(owner.st_uid, owner.st_gid)
        known = {entry.pw_name: entry for entry in pwd.getpwall()}
        for user in (known[name] for name in USERS if name in known):
            yield _user(user.pw_uid, user.pw_gid)
        # initdb looks the name of its user up: it must be one that exists
        other = next(entry.pw_uid for entry in known.values() if entry.pw_uid != 0)
        yield Identity(("unshare", "--user", f"--map-user={other}", f"--map-group={other}", "--"), (0, 0))


def _user(uid: int, gid: int) -> Identity:
    return Identity(("setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--"), (uid, gid))
