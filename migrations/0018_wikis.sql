-- Wikis that were brought along. The key says which of two imports are of one wiki.
CREATE TABLE wiki (
    id TEXT PRIMARY KEY,
    number BIGINT NOT NULL,
    key TEXT NOT NULL,
    title TEXT NOT NULL,
    licence TEXT NOT NULL,
    state TEXT NOT NULL,
    person_id TEXT REFERENCES person (id),
    begun_at BIGINT NOT NULL,
    ended_at BIGINT,
    files BIGINT NOT NULL
);
CREATE UNIQUE INDEX wiki_number ON wiki (number);
CREATE UNIQUE INDEX wiki_key ON wiki (key);
CREATE INDEX wiki_person ON wiki (person_id);

-- The wiki's pages by their ids there. A number is given before the page is written, so that links
-- between pages are right from the first; until then there is no record.
CREATE TABLE wiki_page (
    wiki_id TEXT NOT NULL REFERENCES wiki (id),
    page TEXT NOT NULL,
    number BIGINT NOT NULL,
    record_id TEXT REFERENCES record (id),
    last_seq BIGINT NOT NULL,
    PRIMARY KEY (wiki_id, page)
);
CREATE INDEX wiki_page_name ON wiki_page (page);
CREATE INDEX wiki_page_record ON wiki_page (record_id);

-- The text of each revision as it stood in the wiki, and the second that its old address names.
CREATE TABLE wiki_text (
    record_id TEXT NOT NULL REFERENCES record (id),
    seq BIGINT NOT NULL,
    second BIGINT NOT NULL,
    words TEXT,
    PRIMARY KEY (record_id, seq)
);
CREATE INDEX wiki_text_second ON wiki_text (record_id, second);

-- The wiki's files by their ids there.
CREATE TABLE wiki_file (
    wiki_id TEXT NOT NULL REFERENCES wiki (id),
    file TEXT NOT NULL,
    attachment BIGINT NOT NULL,
    second BIGINT NOT NULL,
    address TEXT NOT NULL,
    is_picture BOOLEAN NOT NULL,
    PRIMARY KEY (wiki_id, file)
);
CREATE INDEX wiki_file_name ON wiki_file (file);

-- What could not be read, or not kept as it was, in the order of the report.
CREATE TABLE wiki_line (
    wiki_id TEXT NOT NULL REFERENCES wiki (id),
    place BIGINT NOT NULL,
    page TEXT NOT NULL,
    what TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (wiki_id, place)
);
