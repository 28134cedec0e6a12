-- What people say about records: comments, ways over, calls for help, suggested changes, flags.
CREATE TABLE said (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    record_id TEXT NOT NULL REFERENCES record (id),
    what TEXT NOT NULL,
    state TEXT NOT NULL,
    thread BIGINT NOT NULL,
    base BIGINT NOT NULL,
    became BIGINT,
    size BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    settled_at BIGINT,
    edited_at BIGINT,
    author_id TEXT REFERENCES person (id),
    author_name TEXT NOT NULL,
    secret_hash TEXT,
    note TEXT NOT NULL,
    why TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE UNIQUE INDEX said_number ON said (number);
CREATE UNIQUE INDEX said_secret ON said (secret_hash);
CREATE INDEX said_record ON said (record_id, thread, number);
CREATE INDEX said_state ON said (state, number, size);
CREATE INDEX said_author ON said (author_id, state);

CREATE TABLE thanks (
    said_id TEXT NOT NULL REFERENCES said (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (said_id, person_id)
);
CREATE INDEX thanks_person ON thanks (person_id);

-- What somebody wants to hear of: a page by its id, a tag by its name, a search by its address.
CREATE TABLE watch (
    person_id TEXT NOT NULL REFERENCES person (id),
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (person_id, what, subject)
);
CREATE INDEX watch_subject ON watch (what, subject);

-- What waits for somebody: they were named, answered, or something of theirs was decided.
CREATE TABLE waiting (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    said_id TEXT NOT NULL REFERENCES said (id),
    why TEXT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE INDEX waiting_person ON waiting (person_id, read_at, at);
CREATE INDEX waiting_said ON waiting (said_id);

-- Until when somebody has seen what they watch.
CREATE TABLE seen_until (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    at BIGINT NOT NULL
);

-- What stewards decided: never about whom.
CREATE TABLE moderation (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    act TEXT NOT NULL,
    what TEXT NOT NULL,
    number BIGINT NOT NULL,
    times BIGINT NOT NULL,
    record_id TEXT REFERENCES record (id),
    reason TEXT NOT NULL,
    person_id TEXT REFERENCES person (id)
);
CREATE INDEX moderation_at ON moderation (at, id);
CREATE INDEX moderation_record ON moderation (record_id);
CREATE INDEX moderation_person ON moderation (person_id);
