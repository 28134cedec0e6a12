-- How the place presents itself where its owner decided so: what is kept, and what is only looked at.
-- What a row says wins over the settings file; what it does not say stays as the file has it.
CREATE TABLE look (
    state TEXT PRIMARY KEY,
    fields TEXT NOT NULL,
    logo_kind TEXT NOT NULL,
    logo_mark TEXT NOT NULL,
    logo BYTEA NOT NULL,
    at BIGINT NOT NULL
);
