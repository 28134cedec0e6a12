-- Files on pages. The bytes lie in the data folder under their hash; a row says whose they are.
CREATE TABLE attachment (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    record_id TEXT NOT NULL REFERENCES record (id),
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    alt TEXT NOT NULL,
    credit TEXT NOT NULL,
    is_decoration BOOLEAN NOT NULL,
    sha256 TEXT NOT NULL,
    bytes BIGINT NOT NULL,
    width BIGINT,
    height BIGINT,
    reading_sha256 TEXT,
    reading_bytes BIGINT NOT NULL,
    reading_width BIGINT,
    reading_height BIGINT,
    person_id TEXT NOT NULL REFERENCES person (id),
    at BIGINT NOT NULL,
    removed_at BIGINT,
    erased_at BIGINT
);
CREATE UNIQUE INDEX attachment_number ON attachment (number);
CREATE INDEX attachment_record ON attachment (record_id, number);
CREATE INDEX attachment_person ON attachment (person_id, at);
CREATE INDEX attachment_file ON attachment (sha256);
CREATE INDEX attachment_reading ON attachment (reading_sha256);
