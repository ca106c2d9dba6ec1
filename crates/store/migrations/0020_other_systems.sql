-- Other systems: the own ones of agencies, what went there and what they said of it; and the scheduled exchange of files.

CREATE TABLE peer (
  agency_id {big} PRIMARY KEY NOT NULL,
  data {json} NOT NULL,
  secret {text},
  active {bool} NOT NULL,
  cursor_at {big} NOT NULL,
  next_at {big} NOT NULL,
  claimed_by {text},
  claimed_until {big} NOT NULL,
  failures {big} NOT NULL,
  failure {text},
  followed_at {big}
) {table};
CREATE INDEX peer_due ON peer (next_at) WHERE active;

CREATE TABLE forward (
  id {id},
  report_id {big} NOT NULL,
  agency_id {big} NOT NULL,
  state {text} NOT NULL,
  doubt {bool} NOT NULL,
  service {text},
  remote {text},
  token {text},
  attempts {big} NOT NULL,
  first_at {big},
  attempted_at {big},
  next_at {big} NOT NULL,
  claimed_by {text},
  claimed_until {big} NOT NULL,
  failure {text},
  at {big} NOT NULL
) {hot} {table};
CREATE UNIQUE INDEX forward_report ON forward (report_id, agency_id);
CREATE INDEX forward_due ON forward (next_at) WHERE state IN ('waiting', 'token');
CREATE INDEX forward_agency ON forward (agency_id, id);
CREATE INDEX forward_dead ON forward (agency_id, id) WHERE state = 'dead';
CREATE INDEX forward_remote ON forward (agency_id, remote) WHERE remote IS NOT NULL;

CREATE TABLE heard (
  report_id {big} NOT NULL,
  agency_id {big} NOT NULL,
  update_id {text} NOT NULL,
  said {text},
  seq {big},
  by_user {big},
  at {big} NOT NULL,
  PRIMARY KEY (report_id, agency_id, update_id)
) {keyed table};
CREATE INDEX heard_report ON heard (report_id, at);

CREATE TABLE exchange_run (
  id {id},
  slot {big} NOT NULL,
  state {text} NOT NULL,
  claimed_by {text},
  claimed_until {big} NOT NULL,
  started_at {big} NOT NULL,
  ended_at {big},
  written_rows {big},
  written {text},
  failure {text}
) {table};
CREATE UNIQUE INDEX exchange_run_slot ON exchange_run (slot);

CREATE TABLE exchange_file (
  run_id {big} NOT NULL,
  name {text} NOT NULL,
  digest {text} NOT NULL,
  size {big} NOT NULL,
  rows_read {big} NOT NULL,
  taken {big} NOT NULL,
  known {big} NOT NULL,
  refused {big} NOT NULL,
  failure {text},
  at {big} NOT NULL,
  PRIMARY KEY (run_id, name)
) {keyed table};
