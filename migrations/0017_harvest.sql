-- The harvest of a session's lines. Nothing of what they say stands here. A line's version grows with
-- each act on it, so that of two people who act on it at once the second sees what the first did.
CREATE TABLE harvest_line (
    session_id TEXT NOT NULL REFERENCES session (id),
    line TEXT NOT NULL,
    version BIGINT NOT NULL,
    is_joined BOOLEAN NOT NULL,
    cuts TEXT NOT NULL,
    PRIMARY KEY (session_id, line)
);

-- What became of a passage: made into a record, merged into one, kept by the session, left as it is.
-- `part` counts the pieces of a line that was cut; `act` is the same for all lines of a passage.
CREATE TABLE harvest (
    session_id TEXT NOT NULL REFERENCES session (id),
    line TEXT NOT NULL,
    part BIGINT NOT NULL,
    act TEXT NOT NULL,
    became TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT REFERENCES record (id),
    said_id TEXT REFERENCES said (id),
    trial BIGINT,
    by_id TEXT REFERENCES person (id),
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (session_id, line, part)
);
CREATE INDEX harvest_act ON harvest (act);
CREATE INDEX harvest_record ON harvest (record_id);
CREATE INDEX harvest_said ON harvest (said_id);
CREATE INDEX harvest_trial ON harvest (trial);
CREATE INDEX harvest_by ON harvest (by_id);
