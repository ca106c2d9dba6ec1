-- What a login proves beyond a password, keyed by the officer; secrets are sealed with the server's key.

CREATE TABLE factor (
  id {id},
  officer_id {big} NOT NULL,
  kind {text} NOT NULL,
  label {text} NOT NULL,
  sealed {text} NOT NULL,
  credential {text},
  step {big} NOT NULL,
  added_at {big} NOT NULL,
  used_at {big}
) {table};
CREATE INDEX factor_officer ON factor (officer_id, id);
CREATE UNIQUE INDEX factor_credential ON factor (credential) WHERE credential IS NOT NULL;

CREATE TABLE recovery_code (
  officer_id {big} NOT NULL,
  digest {text} NOT NULL,
  used_at {big},
  PRIMARY KEY (officer_id, digest)
) {keyed table};

CREATE TABLE factor_demand (
  agency {big} NOT NULL,
  role {text} NOT NULL,
  PRIMARY KEY (agency, role)
) {keyed table};

CREATE TABLE factor_note (
  id {id},
  officer_id {big} NOT NULL,
  at {big} NOT NULL,
  what {text} NOT NULL,
  label {text} NOT NULL
) {table};
CREATE INDEX factor_note_officer ON factor_note (officer_id, id);

ALTER TABLE pass ADD COLUMN verbs {text};
ALTER TABLE pass ADD COLUMN office {big};
