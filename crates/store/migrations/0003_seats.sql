-- An account is a person's; what it may do belongs to the seats in offices that the person sits in.
-- A seat without an end has the greatest number as its end.

CREATE TABLE seat (
  id {id},
  officer_id {big} NOT NULL,
  agency {big} NOT NULL,
  role {text} NOT NULL,
  active_from {big} NOT NULL,
  active_to {big} NOT NULL,
  deputy_of {big}
) {table};
CREATE INDEX seat_officer ON seat (officer_id, id);
CREATE INDEX seat_agency ON seat (agency, id);
CREATE INDEX seat_deputy ON seat (deputy_of) WHERE deputy_of IS NOT NULL;
INSERT INTO seat (id, officer_id, agency, role, active_from, active_to)
  SELECT id, id, agency, role, created_at, 9223372036854775807 FROM officer;

DROP INDEX officer_agency;
ALTER TABLE officer DROP COLUMN role;
ALTER TABLE officer DROP COLUMN agency;
ALTER TABLE officer ADD COLUMN email {text};

ALTER TABLE pass ADD COLUMN seat_id {big};
UPDATE pass SET seat_id = officer_id;
CREATE INDEX pass_seat ON pass (seat_id);

CREATE TABLE invitation (
  id {id},
  digest {text} NOT NULL,
  agency {big} NOT NULL,
  role {text} NOT NULL,
  name {text} NOT NULL,
  email {text} NOT NULL,
  made_by {big} NOT NULL,
  made_at {big} NOT NULL,
  expires_at {big} NOT NULL,
  withdrawn_at {big},
  used_at {big},
  officer_id {big},
  client_key {text} NOT NULL
) {table};
CREATE UNIQUE INDEX invitation_digest ON invitation (digest);
CREATE UNIQUE INDEX invitation_client_key ON invitation (client_key);
CREATE INDEX invitation_agency ON invitation (agency, id);
CREATE INDEX invitation_made_by ON invitation (made_by);
CREATE INDEX invitation_officer ON invitation (officer_id) WHERE officer_id IS NOT NULL;

ALTER TABLE change_log ADD COLUMN agency {big};
CREATE INDEX change_log_agency ON change_log (agency, id) WHERE agency IS NOT NULL;

CREATE TABLE hand_over (
  id {id},
  giving {big} NOT NULL,
  receiving {big} NOT NULL,
  root {big} NOT NULL,
  day {big} NOT NULL,
  reason {text} NOT NULL,
  decree {text},
  client_key {text} NOT NULL,
  made_by {big} NOT NULL,
  made_at {big} NOT NULL,
  given_by {big},
  given_at {big},
  received_by {big},
  received_at {big},
  withdrawn_at {big},
  done_at {big},
  moved {big} NOT NULL,
  inventory {json} NOT NULL
) {table};
CREATE UNIQUE INDEX hand_over_client_key ON hand_over (client_key);
CREATE UNIQUE INDEX hand_over_giving ON hand_over (giving) WHERE withdrawn_at IS NULL AND done_at IS NULL;
CREATE INDEX hand_over_root ON hand_over (root, id);
CREATE INDEX hand_over_receiving ON hand_over (receiving);
CREATE INDEX hand_over_made_by ON hand_over (made_by);

CREATE TABLE inherited (
  hand_over_id {big} NOT NULL,
  report_id {big} NOT NULL,
  PRIMARY KEY (hand_over_id, report_id)
) {keyed table};
CREATE INDEX inherited_report ON inherited (report_id);
