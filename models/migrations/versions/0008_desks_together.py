"""What seats do together: call-backs and urgings on a case, presence, messages and handovers."""

from models.migrations import run

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    run("""
ALTER TABLE gridseat.incident
    ADD COLUMN urged_at timestamptz,
    ADD COLUMN callback_at timestamptz,
    ADD COLUMN callback_person_id bigint REFERENCES gridseat.person;
CREATE INDEX incident_urged ON gridseat.incident (centre_id, urged_at) WHERE urged_at IS NOT NULL;
CREATE INDEX incident_callback ON gridseat.incident (callback_person_id, callback_at)
    WHERE callback_at IS NOT NULL;
COMMENT ON COLUMN gridseat.incident.urged_at IS
    'derived: the last urging that nobody has answered by a step since';

UPDATE gridseat.incident AS i SET urged_at = u.at
FROM (SELECT e.number, max(e.seq) AS seq, max(e.at) AS at FROM gridseat.timeline AS e
      WHERE e.action IN ('urge', 'supervise', 'remind', 'card') GROUP BY e.number) AS u
WHERE i.number = u.number
  AND i.status IN ('reported', 'accepted', 'dispatched', 'handling', 'handled', 'verified', 'suspended')
  AND NOT EXISTS (
      SELECT FROM gridseat.timeline AS e LEFT JOIN gridseat.action AS a ON a.key = e.action
      WHERE e.number = u.number AND e.seq > u.seq AND (a.versioned OR e.action IN ('arrive', 'resumed')));

CREATE INDEX timeline_instruct ON gridseat.timeline (number) WHERE action = 'instruct';
CREATE INDEX timeline_words ON gridseat.timeline (actor_id, at) WHERE action IN ('note', 'call');

CREATE UNLOGGED TABLE gridseat.presence (
    person_id bigint PRIMARY KEY REFERENCES gridseat.person,
    signed_in_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    number bigint,
    since timestamptz
) WITH (fillfactor = 50);
COMMENT ON TABLE gridseat.presence IS 'who sits at a console and looks at which case; old within seconds';

CREATE TABLE gridseat.message (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    command_id uuid NOT NULL,
    from_id bigint NOT NULL REFERENCES gridseat.person,
    centre_id bigint REFERENCES gridseat.organisation,
    number bigint REFERENCES gridseat.incident,
    seq integer,
    text text CHECK (length(text) BETWEEN 1 AND 500),
    at timestamptz NOT NULL,
    UNIQUE (from_id, command_id),
    CHECK ((text IS NULL) = (seq IS NOT NULL))
);
CREATE INDEX message_at ON gridseat.message (at);
COMMENT ON TABLE gridseat.message IS
    'between seats, about the work and not about residents; not kept for long';
COMMENT ON COLUMN gridseat.message.centre_id IS 'it went to all seats of the centre';
COMMENT ON COLUMN gridseat.message.seq IS 'a transfer, whose note stands with the case';

CREATE TABLE gridseat.message_to (
    message_id bigint NOT NULL REFERENCES gridseat.message ON DELETE CASCADE,
    person_id bigint NOT NULL REFERENCES gridseat.person,
    read_at timestamptz,
    PRIMARY KEY (message_id, person_id)
);
CREATE INDEX message_to_person ON gridseat.message_to (person_id, message_id);
CREATE INDEX message_to_unread ON gridseat.message_to (person_id) WHERE read_at IS NULL;

CREATE TABLE gridseat.handover (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    command_id uuid NOT NULL,
    centre_id bigint REFERENCES gridseat.organisation,
    from_id bigint NOT NULL REFERENCES gridseat.person,
    to_id bigint REFERENCES gridseat.person,
    note text NOT NULL CHECK (length(note) <= 2000),
    at timestamptz NOT NULL,
    content jsonb NOT NULL,
    digest bytea NOT NULL,
    withdrawn_at timestamptz,
    signed_by bigint REFERENCES gridseat.person,
    signed_at timestamptz,
    sign_command_id uuid,
    outcome jsonb,
    signature bytea,
    UNIQUE (from_id, command_id),
    UNIQUE (signed_by, sign_command_id),
    CHECK ((signed_at IS NULL) = (signed_by IS NULL)
           AND (signed_at IS NULL) = (sign_command_id IS NULL) AND (signed_at IS NULL) = (outcome IS NULL)
           AND (signed_at IS NULL) = (signature IS NULL))
);
CREATE INDEX handover_centre ON gridseat.handover (centre_id, id);
CREATE INDEX handover_waiting ON gridseat.handover (centre_id)
    WHERE signed_at IS NULL AND withdrawn_at IS NULL;
COMMENT ON COLUMN gridseat.handover.to_id IS 'null: whoever of the centre comes next';
COMMENT ON COLUMN gridseat.handover.content IS
    'the lists as they stood; words about people stay with the cases';
COMMENT ON COLUMN gridseat.handover.outcome IS
    'which cases passed to the signer, and which did not and why';
""")
