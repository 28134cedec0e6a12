-- Guides that became something else: which record each is now, the session of one whose lines were
-- notes, the revision there that took it in, and whether that record was made for it.
CREATE TABLE turned (
    guide_id TEXT PRIMARY KEY REFERENCES record (id),
    to_id TEXT NOT NULL REFERENCES record (id),
    session BIGINT,
    seq BIGINT NOT NULL,
    is_made BOOLEAN NOT NULL,
    person_id TEXT REFERENCES person (id),
    at BIGINT NOT NULL
);
CREATE INDEX turned_to ON turned (to_id);
CREATE INDEX turned_person ON turned (person_id);

-- What went along with a page that became something else or was merged: comments and files by their
-- ids, and how many pages each had left before. It comes back with the page.
CREATE TABLE went_along (
    from_id TEXT NOT NULL REFERENCES record (id),
    what TEXT NOT NULL,
    subject TEXT NOT NULL,
    turn BIGINT NOT NULL,
    PRIMARY KEY (from_id, what, subject)
);
CREATE INDEX went_along_subject ON went_along (subject);

-- Pages of wikis that somebody looked at and left as guides.
CREATE TABLE left_guide (
    record_id TEXT PRIMARY KEY REFERENCES record (id),
    at BIGINT NOT NULL
);

-- Who wrote in a wiki that came, as it named them; and whose account that is, once somebody said so
-- and it was confirmed. Mail addresses are kept as hashes only.
CREATE TABLE wiki_author (
    wiki_id TEXT NOT NULL REFERENCES wiki (id),
    name TEXT NOT NULL,
    address_hash TEXT,
    person_id TEXT REFERENCES person (id),
    claimed_at BIGINT,
    confirmed_at BIGINT,
    confirmed_by TEXT REFERENCES person (id),
    PRIMARY KEY (wiki_id, name)
);
CREATE INDEX wiki_author_person ON wiki_author (person_id);
CREATE INDEX wiki_author_confirmed_by ON wiki_author (confirmed_by);
