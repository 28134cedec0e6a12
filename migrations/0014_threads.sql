-- Something can be said about a text, a trial or an organisation: about exactly one of them. What was
-- said so far waits aside while its tables are made anew.
CREATE TABLE said_aside (
    id TEXT NOT NULL,
    number BIGINT NOT NULL,
    record_id TEXT NOT NULL,
    what TEXT NOT NULL,
    state TEXT NOT NULL,
    thread BIGINT NOT NULL,
    base BIGINT NOT NULL,
    became BIGINT,
    size BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    settled_at BIGINT,
    edited_at BIGINT,
    author_id TEXT,
    author_name TEXT NOT NULL,
    secret_hash TEXT,
    note TEXT NOT NULL,
    why TEXT NOT NULL,
    words TEXT NOT NULL
);
CREATE TABLE thanks_aside (
    said_id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE TABLE waiting_aside (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL,
    said_id TEXT NOT NULL,
    why TEXT NOT NULL,
    at BIGINT NOT NULL,
    read_at BIGINT
);
CREATE TABLE moderation_aside (
    id TEXT NOT NULL,
    at BIGINT NOT NULL,
    act TEXT NOT NULL,
    what TEXT NOT NULL,
    number BIGINT NOT NULL,
    times BIGINT NOT NULL,
    record_id TEXT,
    reason TEXT NOT NULL,
    person_id TEXT
);
INSERT INTO said_aside (
    id, number, record_id, what, state, thread, base, became, size, made_at, settled_at, edited_at,
    author_id, author_name, secret_hash, note, why, words
)
SELECT id, number, record_id, what, state, thread, base, became, size, made_at, settled_at,
       edited_at, author_id, author_name, secret_hash, note, why, words
FROM said;
INSERT INTO thanks_aside (said_id, person_id, at)
SELECT said_id, person_id, at FROM thanks;
INSERT INTO waiting_aside (id, person_id, said_id, why, at, read_at)
SELECT id, person_id, said_id, why, at, read_at FROM waiting;
INSERT INTO moderation_aside (id, at, act, what, number, times, record_id, reason, person_id)
SELECT id, at, act, what, number, times, record_id, reason, person_id FROM moderation;
DROP TABLE thanks;
DROP TABLE waiting;
DROP TABLE moderation;
DROP TABLE said;

CREATE TABLE said (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    record_id TEXT REFERENCES record (id),
    trial_id TEXT REFERENCES trial (id),
    organisation_id TEXT REFERENCES organisation (id),
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
    words TEXT NOT NULL,
    CHECK (
        (record_id IS NOT NULL AND trial_id IS NULL AND organisation_id IS NULL)
        OR (record_id IS NULL AND trial_id IS NOT NULL AND organisation_id IS NULL)
        OR (record_id IS NULL AND trial_id IS NULL AND organisation_id IS NOT NULL)
    )
);
CREATE UNIQUE INDEX said_number ON said (number);
CREATE UNIQUE INDEX said_secret ON said (secret_hash);
CREATE INDEX said_record ON said (record_id, thread, number);
CREATE INDEX said_trial ON said (trial_id, thread, number);
CREATE INDEX said_organisation ON said (organisation_id, thread, number);
CREATE INDEX said_state ON said (state, number, size);
CREATE INDEX said_author ON said (author_id, state);

CREATE TABLE thanks (
    said_id TEXT NOT NULL REFERENCES said (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (said_id, person_id)
);
CREATE INDEX thanks_person ON thanks (person_id);

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

-- What stewards decided: never about whom. An act about many pages names none of them.
CREATE TABLE moderation (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    act TEXT NOT NULL,
    what TEXT NOT NULL,
    number BIGINT NOT NULL,
    times BIGINT NOT NULL,
    record_id TEXT REFERENCES record (id),
    trial_id TEXT REFERENCES trial (id),
    organisation_id TEXT REFERENCES organisation (id),
    reason TEXT NOT NULL,
    person_id TEXT REFERENCES person (id)
);
CREATE INDEX moderation_at ON moderation (at, id);
CREATE INDEX moderation_record ON moderation (record_id);
CREATE INDEX moderation_trial ON moderation (trial_id);
CREATE INDEX moderation_organisation ON moderation (organisation_id);
CREATE INDEX moderation_person ON moderation (person_id);

INSERT INTO said (
    id, number, record_id, what, state, thread, base, became, size, made_at, settled_at, edited_at,
    author_id, author_name, secret_hash, note, why, words
)
SELECT id, number, record_id, what, state, thread, base, became, size, made_at, settled_at,
       edited_at, author_id, author_name, secret_hash, note, why, words
FROM said_aside;
INSERT INTO thanks (said_id, person_id, at)
SELECT said_id, person_id, at FROM thanks_aside;
INSERT INTO waiting (id, person_id, said_id, why, at, read_at)
SELECT id, person_id, said_id, why, at, read_at FROM waiting_aside;
INSERT INTO moderation (id, at, act, what, number, times, record_id, reason, person_id)
SELECT id, at, act, what, number, times, record_id, reason, person_id FROM moderation_aside;
DROP TABLE thanks_aside;
DROP TABLE waiting_aside;
DROP TABLE moderation_aside;
DROP TABLE said_aside;
