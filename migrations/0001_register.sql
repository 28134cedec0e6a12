-- People, and how they come in.
CREATE TABLE person (
    id TEXT PRIMARY KEY,
    address TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    joined_at BIGINT NOT NULL,
    left_at BIGINT,
    is_demo BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX person_address ON person (address);

CREATE TABLE sign_in (
    id TEXT PRIMARY KEY,
    secret_hash TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES person (id),
    device TEXT NOT NULL,
    began_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL
);
CREATE UNIQUE INDEX sign_in_secret ON sign_in (secret_hash);
CREATE INDEX sign_in_person ON sign_in (person_id);

-- Links that let somebody in once: asked for by mail, sent as an invitation, or the owner's first.
CREATE TABLE entry_link (
    id TEXT PRIMARY KEY,
    purpose TEXT NOT NULL,
    secret_hash TEXT NOT NULL,
    address TEXT NOT NULL,
    role TEXT NOT NULL,
    code_hash TEXT,
    browser_hash TEXT,
    tries BIGINT NOT NULL,
    next TEXT NOT NULL,
    made_by TEXT REFERENCES person (id),
    made_at BIGINT NOT NULL,
    ends_at BIGINT NOT NULL,
    used_at BIGINT
);
CREATE UNIQUE INDEX entry_link_secret ON entry_link (secret_hash);
CREATE INDEX entry_link_address ON entry_link (address, made_at);
CREATE INDEX entry_link_browser ON entry_link (browser_hash);
CREATE INDEX entry_link_made_by ON entry_link (made_by);

-- Numbers that are given once and never again.
CREATE TABLE counter (
    name TEXT PRIMARY KEY,
    value BIGINT NOT NULL
);

-- Texts with a history: hurdles, solutions, guides.
CREATE TABLE record (
    id TEXT PRIMARY KEY,
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    title TEXT NOT NULL,
    slug TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    summary TEXT NOT NULL,
    visibility TEXT NOT NULL,
    author_id TEXT REFERENCES person (id),
    is_unfinished BOOLEAN NOT NULL,
    state TEXT NOT NULL,
    into_number BIGINT,
    head BIGINT NOT NULL,
    made_at BIGINT NOT NULL,
    changed_at BIGINT NOT NULL,
    licence TEXT NOT NULL,
    credit TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX record_number ON record (kind, number);
CREATE INDEX record_title ON record (kind, sort_key);
CREATE INDEX record_author ON record (author_id);
CREATE INDEX record_into ON record (kind, into_number);

CREATE TABLE revision (
    record_id TEXT NOT NULL REFERENCES record (id),
    seq BIGINT NOT NULL,
    act TEXT NOT NULL,
    parts TEXT,
    summary TEXT NOT NULL,
    is_minor BOOLEAN NOT NULL,
    author_id TEXT REFERENCES person (id),
    author_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    other_seq BIGINT,
    added BIGINT NOT NULL,
    removed BIGINT NOT NULL,
    content_hash TEXT NOT NULL,
    chain_hash TEXT NOT NULL,
    erased_at BIGINT,
    erased_by TEXT REFERENCES person (id),
    erased_why TEXT,
    PRIMARY KEY (record_id, seq)
);
CREATE INDEX revision_at ON revision (at, record_id, seq);
CREATE INDEX revision_author ON revision (author_id);
CREATE INDEX revision_erased_by ON revision (erased_by);

CREATE TABLE record_link (
    from_id TEXT NOT NULL REFERENCES record (id),
    to_kind TEXT NOT NULL,
    to_number BIGINT NOT NULL,
    PRIMARY KEY (from_id, to_kind, to_number)
);
CREATE INDEX record_link_to ON record_link (to_kind, to_number);

-- Links by title to pages that nobody has written yet.
CREATE TABLE wanted (
    from_id TEXT NOT NULL REFERENCES record (id),
    title TEXT NOT NULL,
    PRIMARY KEY (from_id, title)
);

CREATE TABLE tag (
    record_id TEXT NOT NULL REFERENCES record (id),
    name TEXT NOT NULL,
    PRIMARY KEY (record_id, name)
);
CREATE INDEX tag_name ON tag (name, record_id);

CREATE TABLE draft (
    id TEXT PRIMARY KEY,
    person_id TEXT NOT NULL REFERENCES person (id),
    kind TEXT NOT NULL,
    number BIGINT NOT NULL,
    base BIGINT NOT NULL,
    parts TEXT NOT NULL,
    at BIGINT NOT NULL
);
CREATE UNIQUE INDEX draft_of ON draft (person_id, kind, number);

-- What each kind keeps beside its text, for lists and filters.
CREATE TABLE hurdle (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    number BIGINT NOT NULL,
    heading TEXT NOT NULL
);
CREATE UNIQUE INDEX hurdle_number ON hurdle (number);
CREATE INDEX hurdle_heading ON hurdle (heading, number);

CREATE TABLE hurdle_dependency (
    number BIGINT NOT NULL,
    on_number BIGINT NOT NULL,
    PRIMARY KEY (number, on_number)
);
CREATE INDEX hurdle_dependency_on ON hurdle_dependency (on_number);

CREATE TABLE solution (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    number BIGINT NOT NULL,
    kind TEXT NOT NULL,
    direction TEXT NOT NULL,
    effort TEXT NOT NULL,
    cost TEXT NOT NULL,
    who_agrees TEXT NOT NULL,
    is_alone BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX solution_number ON solution (number);

CREATE TABLE solution_hurdle (
    solution BIGINT NOT NULL,
    hurdle BIGINT NOT NULL,
    PRIMARY KEY (solution, hurdle)
);
CREATE INDEX solution_hurdle_hurdle ON solution_hurdle (hurdle);

-- What the index has to follow, in the order of the commits.
CREATE TABLE index_change (
    position BIGINT PRIMARY KEY,
    record_id TEXT NOT NULL
);
CREATE INDEX index_change_record ON index_change (record_id);

CREATE TABLE empty_search (
    words TEXT PRIMARY KEY,
    times BIGINT NOT NULL,
    last_at BIGINT NOT NULL
);

-- Acts that change who may do what, or that cannot be seen in a history.
CREATE TABLE audit (
    id TEXT PRIMARY KEY,
    at BIGINT NOT NULL,
    person_id TEXT REFERENCES person (id),
    act TEXT NOT NULL,
    subject TEXT NOT NULL,
    detail TEXT NOT NULL
);
CREATE INDEX audit_at ON audit (at);
CREATE INDEX audit_person ON audit (person_id);
