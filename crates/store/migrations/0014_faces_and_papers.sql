-- Faces in front of the one system, and the papers of offices. The bytes of both lie in the file store.

CREATE TABLE face (
  agency_id {id},
  data {json} NOT NULL,
  logo {text}
) {table};
CREATE INDEX face_logo ON face (logo);

CREATE TABLE paper (
  id {id},
  agency_id {big} NOT NULL,
  kind {text} NOT NULL,
  title {text} NOT NULL,
  dated {text} NOT NULL,
  shown {bool} NOT NULL,
  name {text} NOT NULL,
  media {text} NOT NULL,
  size {big} NOT NULL,
  hash {text} NOT NULL,
  at {big} NOT NULL
) {table};
CREATE INDEX paper_agency ON paper (agency_id, dated, id);
CREATE INDEX paper_hash ON paper (hash);

-- The answer of a batch as it was filled in for one report, until it is sent.
ALTER TABLE batch_item ADD COLUMN words {text};
