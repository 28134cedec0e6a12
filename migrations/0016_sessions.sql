-- Events: what is kept beside the text of one. Once young people are said to be there, it stays said.
CREATE TABLE event (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    number BIGINT NOT NULL,
    place TEXT NOT NULL,
    first_day TEXT NOT NULL,
    last_day TEXT NOT NULL,
    is_young BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX event_number ON event (number);
CREATE INDEX event_day ON event (first_day, number);

-- The one short link that lets people in to write notes, and who came in by it.
CREATE TABLE event_link (
    id TEXT PRIMARY KEY,
    event BIGINT NOT NULL,
    secret_hash TEXT NOT NULL,
    made_by TEXT REFERENCES person (id),
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX event_link_event ON event_link (event);
CREATE UNIQUE INDEX event_link_secret ON event_link (secret_hash);
CREATE INDEX event_link_made_by ON event_link (made_by);

CREATE TABLE event_guest (
    id TEXT PRIMARY KEY,
    link_id TEXT NOT NULL REFERENCES event_link (id),
    secret_hash TEXT NOT NULL,
    name TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX event_guest_secret ON event_guest (secret_hash);
CREATE INDEX event_guest_link ON event_guest (link_id);

-- Who agreed that pictures and sound of an event with young people are kept.
CREATE TABLE event_consent (
    id TEXT PRIMARY KEY,
    event BIGINT NOT NULL,
    who TEXT NOT NULL,
    what TEXT NOT NULL,
    given_on TEXT NOT NULL,
    noted_by TEXT REFERENCES person (id),
    noted_at BIGINT NOT NULL
);
CREATE INDEX event_consent_event ON event_consent (event, noted_at);
CREATE INDEX event_consent_noted_by ON event_consent (noted_by);

-- Sessions: who may see one follows from its event. The version grows with each line written.
CREATE TABLE session (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    event BIGINT NOT NULL,
    day TEXT NOT NULL,
    starts TEXT NOT NULL,
    ends TEXT NOT NULL,
    room TEXT NOT NULL,
    title TEXT NOT NULL,
    slug TEXT NOT NULL,
    lead TEXT NOT NULL,
    version BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    removed_at BIGINT,
    locked_at BIGINT,
    locked_by TEXT REFERENCES person (id),
    content_hash TEXT,
    write_up BIGINT,
    asked_by TEXT REFERENCES person (id),
    asked_at BIGINT,
    published_by TEXT REFERENCES person (id),
    published_at BIGINT,
    is_demo BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX session_number ON session (number);
CREATE INDEX session_event ON session (event, day, starts, room);
CREATE INDEX session_open ON session (locked_at, day);
CREATE INDEX session_write_up ON session (write_up);
CREATE INDEX session_locked_by ON session (locked_by);
CREATE INDEX session_asked_by ON session (asked_by);
CREATE INDEX session_published_by ON session (published_by);

-- Lines of notes. The id is made by whoever writes, so that a line sent twice is one; the place orders
-- lines and leaves room between. Locked lines have numbers and hashes; an erased one keeps both.
CREATE TABLE note_line (
    session_id TEXT NOT NULL REFERENCES session (id),
    id TEXT NOT NULL,
    place BIGINT NOT NULL,
    is_together BOOLEAN NOT NULL,
    text TEXT NOT NULL,
    author_id TEXT REFERENCES person (id),
    guest TEXT NOT NULL,
    author_name TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    edition BIGINT NOT NULL,
    version BIGINT NOT NULL,
    number BIGINT,
    content_hash TEXT,
    erased_at BIGINT,
    erased_by TEXT REFERENCES person (id),
    erased_why TEXT,
    PRIMARY KEY (session_id, id)
);
CREATE INDEX note_line_version ON note_line (session_id, version);
CREATE INDEX note_line_author ON note_line (author_id);
CREATE INDEX note_line_erased_by ON note_line (erased_by);

-- What a line said before, until the capture locks.
CREATE TABLE note_line_before (
    session_id TEXT NOT NULL REFERENCES session (id),
    line TEXT NOT NULL,
    edition BIGINT NOT NULL,
    text TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (session_id, line, edition)
);

-- Write-ups: the edited text of a session, beside its history.
CREATE TABLE write_up (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    number BIGINT NOT NULL,
    session BIGINT NOT NULL
);
CREATE UNIQUE INDEX write_up_number ON write_up (number);
CREATE INDEX write_up_session ON write_up (session);
