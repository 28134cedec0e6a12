-- What is told of a session beside its notes: a tip of each person, and what was found or decided.
-- An erased one keeps its row, so that an older backup forgets it again.
CREATE TABLE session_told (
    id TEXT PRIMARY KEY,
    session_id TEXT NOT NULL REFERENCES session (id),
    what TEXT NOT NULL,
    text TEXT NOT NULL,
    line TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_number BIGINT NOT NULL,
    author_id TEXT REFERENCES person (id),
    guest TEXT NOT NULL,
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    erased_at BIGINT
);
CREATE INDEX session_told_session ON session_told (session_id, at);
CREATE INDEX session_told_author ON session_told (author_id);

-- Who does what by when. Each change adds a step, so that it can be told who changed it and when.
CREATE TABLE session_action (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    session_id TEXT NOT NULL REFERENCES session (id),
    what TEXT NOT NULL,
    line TEXT NOT NULL,
    owner_id TEXT REFERENCES person (id),
    owner_name TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    steps BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    asked_at BIGINT,
    erased_at BIGINT
);
CREATE UNIQUE INDEX session_action_number ON session_action (number);
CREATE INDEX session_action_session ON session_action (session_id, number);
CREATE INDEX session_action_owner ON session_action (owner_id, state);

CREATE TABLE session_action_step (
    action_id TEXT NOT NULL REFERENCES session_action (id),
    step BIGINT NOT NULL,
    owner_id TEXT REFERENCES person (id),
    owner_name TEXT NOT NULL,
    due_on TEXT NOT NULL,
    state TEXT NOT NULL,
    why TEXT NOT NULL,
    by_id TEXT REFERENCES person (id),
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (action_id, step)
);
CREATE INDEX session_action_step_owner ON session_action_step (owner_id);
CREATE INDEX session_action_step_by ON session_action_step (by_id);

-- The links of letters that ask how an action went: each answers once.
CREATE TABLE action_link (
    id TEXT PRIMARY KEY,
    action_id TEXT NOT NULL REFERENCES session_action (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    secret_hash TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX action_link_secret ON action_link (secret_hash);
CREATE INDEX action_link_action ON action_link (action_id);
CREATE INDEX action_link_person ON action_link (person_id);

-- Letters about an event, one row for each: its secret is the address that an answer goes to, and the
-- link that ends such letters.
CREATE TABLE event_letter (
    secret_hash TEXT PRIMARY KEY,
    event BIGINT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    session_id TEXT REFERENCES session (id),
    thread BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE INDEX event_letter_person ON event_letter (person_id, event);
CREATE INDEX event_letter_session ON event_letter (session_id);
CREATE INDEX event_letter_end ON event_letter (ends_at);

-- Who wants no letters about an event.
CREATE TABLE event_quiet (
    event BIGINT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (event, person_id)
);
CREATE INDEX event_quiet_person ON event_quiet (person_id);

-- Who came in by an event's link with an account.
CREATE TABLE event_there (
    event BIGINT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (event, person_id)
);
CREATE INDEX event_there_person ON event_there (person_id);

-- When all who were there were told what came of an event.
ALTER TABLE event ADD COLUMN told_at BIGINT;

-- Sessions have a discussion too. What was said so far waits aside while its table is made anew.
CREATE TABLE said_aside (
    id TEXT NOT NULL,
    number BIGINT NOT NULL,
    record_id TEXT,
    trial_id TEXT,
    organisation_id TEXT,
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
CREATE TABLE harvest_aside (
    session_id TEXT NOT NULL,
    line TEXT NOT NULL,
    part BIGINT NOT NULL,
    act TEXT NOT NULL,
    became TEXT NOT NULL,
    kind TEXT NOT NULL,
    record_id TEXT,
    said_id TEXT,
    trial BIGINT,
    by_id TEXT,
    by_name TEXT NOT NULL,
    at BIGINT NOT NULL
);
INSERT INTO said_aside (
    id, number, record_id, trial_id, organisation_id, what, state, thread, base, became, size,
    made_at, settled_at, edited_at, author_id, author_name, secret_hash, note, why, words
)
SELECT id, number, record_id, trial_id, organisation_id, what, state, thread, base, became, size,
       made_at, settled_at, edited_at, author_id, author_name, secret_hash, note, why, words
FROM said;
INSERT INTO thanks_aside (said_id, person_id, at)
SELECT said_id, person_id, at FROM thanks;
INSERT INTO waiting_aside (id, person_id, said_id, why, at, read_at)
SELECT id, person_id, said_id, why, at, read_at FROM waiting;
INSERT INTO harvest_aside (
    session_id, line, part, act, became, kind, record_id, said_id, trial, by_id, by_name, at
)
SELECT session_id, line, part, act, became, kind, record_id, said_id, trial, by_id, by_name, at
FROM harvest;
DROP TABLE harvest;
DROP TABLE thanks;
DROP TABLE waiting;
DROP TABLE said;

CREATE TABLE said (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    record_id TEXT REFERENCES record (id),
    trial_id TEXT REFERENCES trial (id),
    organisation_id TEXT REFERENCES organisation (id),
    session_id TEXT REFERENCES session (id),
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
        CASE WHEN record_id IS NULL THEN 0 ELSE 1 END + CASE WHEN trial_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN organisation_id IS NULL THEN 0 ELSE 1 END
        + CASE WHEN session_id IS NULL THEN 0 ELSE 1 END = 1
    )
);
CREATE UNIQUE INDEX said_number ON said (number);
CREATE UNIQUE INDEX said_secret ON said (secret_hash);
CREATE INDEX said_record ON said (record_id, thread, number);
CREATE INDEX said_trial ON said (trial_id, thread, number);
CREATE INDEX said_organisation ON said (organisation_id, thread, number);
CREATE INDEX said_session ON said (session_id, thread, number);
CREATE INDEX said_state ON said (state, number, size);
CREATE INDEX said_author ON said (author_id, state);

CREATE TABLE thanks (
    said_id TEXT NOT NULL REFERENCES said (id),
    person_id TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    PRIMARY KEY (said_id, person_id)
);
CREATE INDEX thanks_person ON thanks (person_id);

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

-- A line of notes may have become an action of its session as well.
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
    action_id TEXT REFERENCES session_action (id),
    PRIMARY KEY (session_id, line, part)
);
CREATE INDEX harvest_act ON harvest (act);
CREATE INDEX harvest_record ON harvest (record_id);
CREATE INDEX harvest_said ON harvest (said_id);
CREATE INDEX harvest_trial ON harvest (trial);
CREATE INDEX harvest_by ON harvest (by_id);
CREATE INDEX harvest_action ON harvest (action_id);

INSERT INTO said (
    id, number, record_id, trial_id, organisation_id, what, state, thread, base, became, size,
    made_at, settled_at, edited_at, author_id, author_name, secret_hash, note, why, words
)
SELECT id, number, record_id, trial_id, organisation_id, what, state, thread, base, became, size,
       made_at, settled_at, edited_at, author_id, author_name, secret_hash, note, why, words
FROM said_aside;
INSERT INTO thanks (said_id, person_id, at)
SELECT said_id, person_id, at FROM thanks_aside;
INSERT INTO waiting (id, person_id, said_id, why, at, read_at)
SELECT id, person_id, said_id, why, at, read_at FROM waiting_aside;
INSERT INTO harvest (
    session_id, line, part, act, became, kind, record_id, said_id, trial, by_id, by_name, at
)
SELECT session_id, line, part, act, became, kind, record_id, said_id, trial, by_id, by_name, at
FROM harvest_aside;
DROP TABLE harvest_aside;
DROP TABLE thanks_aside;
DROP TABLE waiting_aside;
DROP TABLE said_aside;

ALTER TABLE moderation ADD COLUMN session_id TEXT REFERENCES session (id);
CREATE INDEX moderation_session ON moderation (session_id);
