-- Public bodies, whatever a country calls them. A code, a slug and an id are given once.
CREATE TABLE organisation (
    id TEXT PRIMARY KEY,
    code TEXT NOT NULL,
    slug TEXT NOT NULL,
    name TEXT NOT NULL,
    short_name TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    search_words TEXT NOT NULL,
    gss TEXT NOT NULL,
    kind TEXT NOT NULL,
    kind_name TEXT NOT NULL,
    nation TEXT NOT NULL,
    region TEXT NOT NULL,
    county TEXT NOT NULL,
    combined TEXT NOT NULL,
    population BIGINT,
    start_on TEXT NOT NULL,
    end_on TEXT NOT NULL,
    homepage TEXT NOT NULL,
    mail_domain TEXT NOT NULL,
    is_demo BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX organisation_code ON organisation (code);
CREATE UNIQUE INDEX organisation_slug ON organisation (slug);
CREATE UNIQUE INDEX organisation_sort ON organisation (sort_key);
CREATE INDEX organisation_mail ON organisation (mail_domain);

-- Other names, and codes from before: what old addresses and people's own words lead to.
CREATE TABLE organisation_alias (
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    words TEXT NOT NULL,
    alias TEXT NOT NULL,
    is_code BOOLEAN NOT NULL,
    PRIMARY KEY (organisation_id, words)
);
CREATE INDEX organisation_alias_words ON organisation_alias (words);

CREATE TABLE organisation_successor (
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    successor_id TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (organisation_id, successor_id)
);
CREATE INDEX organisation_successor_of ON organisation_successor (successor_id);

-- Figures that compare places; what they are and where they come from stands beside them.
CREATE TABLE organisation_figure (
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    value DOUBLE PRECISION NOT NULL,
    source TEXT NOT NULL,
    PRIMARY KEY (organisation_id, name)
);

-- A part of a body that people know by name.
CREATE TABLE service (
    id TEXT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    note TEXT NOT NULL
);
CREATE UNIQUE INDEX service_name ON service (organisation_id, sort_key);

-- Who works where: asked for, then confirmed by mail domain, by a member or by a steward.
CREATE TABLE membership (
    person_id TEXT NOT NULL REFERENCES person (id),
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    is_confirmed BOOLEAN NOT NULL,
    how TEXT NOT NULL,
    asked_at BIGINT NOT NULL,
    confirmed_at BIGINT,
    confirmed_by TEXT REFERENCES person (id),
    PRIMARY KEY (person_id, organisation_id)
);
CREATE INDEX membership_organisation ON membership (organisation_id, is_confirmed);
CREATE INDEX membership_confirmed_by ON membership (confirmed_by);

-- The bodies whose people may read a record that is not for everybody.
CREATE TABLE record_reader (
    record_id TEXT NOT NULL REFERENCES record (id),
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (record_id, organisation_id)
);
CREATE INDEX record_reader_organisation ON record_reader (organisation_id);

-- A list that an owner sent and has not imported yet: one at a time, for a day.
CREATE TABLE organisation_upload (
    person_id TEXT PRIMARY KEY REFERENCES person (id),
    list_name TEXT NOT NULL,
    list BYTEA NOT NULL,
    deprivation_name TEXT NOT NULL,
    deprivation BYTEA NOT NULL,
    homepages BYTEA NOT NULL,
    at BIGINT NOT NULL
);
