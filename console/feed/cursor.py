"""Where a console stands in the feed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cursor:
    """Everything up to (xid, id) is known; it means something only in its epoch.

    The epoch names the cluster, the timeline's table and the WAL timeline: after a restore or a promotion
    it is another one, and the board is read anew.
    """

    xid: str
    id: int
    epoch: str

    def moved(self, xid: str, id_: int) -> "Cursor":
        """Return the cursor behind one more batch."""
        return Cursor(xid, id_, self.epoch)
