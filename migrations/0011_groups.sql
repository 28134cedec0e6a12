-- Groups of bodies that people keep beside those that are worked out. The people of one body keep a
-- group; one that was removed has no name_key, so that another may take its name.
CREATE TABLE body_group (
    number BIGINT PRIMARY KEY,
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    name TEXT NOT NULL,
    name_key TEXT,
    why TEXT NOT NULL,
    head BIGINT NOT NULL,
    removed_at BIGINT,
    is_demo BOOLEAN NOT NULL
);
CREATE UNIQUE INDEX body_group_name ON body_group (name_key);
CREATE INDEX body_group_organisation ON body_group (organisation_id);

CREATE TABLE body_group_member (
    group_number BIGINT NOT NULL REFERENCES body_group (number),
    organisation_id TEXT NOT NULL REFERENCES organisation (id),
    PRIMARY KEY (group_number, organisation_id)
);
CREATE INDEX body_group_member_organisation ON body_group_member (organisation_id);

-- Every change of a group with the group as it stood after it, so that it can be brought back: the
-- ids of its bodies, sorted, with spaces between.
CREATE TABLE body_group_revision (
    group_number BIGINT NOT NULL REFERENCES body_group (number),
    seq BIGINT NOT NULL,
    at BIGINT NOT NULL,
    person_id TEXT REFERENCES person (id),
    act TEXT NOT NULL,
    detail TEXT NOT NULL,
    name TEXT NOT NULL,
    why TEXT NOT NULL,
    members TEXT NOT NULL,
    PRIMARY KEY (group_number, seq)
);
CREATE INDEX body_group_revision_person ON body_group_revision (person_id);

-- From which file a kind of figure was read, and when last.
CREATE TABLE figure_source (
    name TEXT NOT NULL,
    source TEXT NOT NULL,
    read_at BIGINT NOT NULL,
    is_demo BOOLEAN NOT NULL,
    PRIMARY KEY (name, source)
);
