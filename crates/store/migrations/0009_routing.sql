-- Rules that suggest an office, what was decided beside them, and drafts tried on past cases.

CREATE TABLE rule_set (
  id {id},
  agency {big} NOT NULL,
  version {big} NOT NULL,
  state {text} NOT NULL,
  seq {big} NOT NULL,
  client_key {text},
  note {text} NOT NULL,
  made_at {big} NOT NULL,
  officer_id {big},
  active_at {big}
) {table};
CREATE UNIQUE INDEX rule_set_version ON rule_set (agency, version);
CREATE UNIQUE INDEX rule_set_active ON rule_set (agency) WHERE state = 'active';
CREATE INDEX rule_set_officer ON rule_set (officer_id);

CREATE TABLE rule (
  set_id {big} NOT NULL,
  number {big} NOT NULL,
  data {json} NOT NULL,
  PRIMARY KEY (set_id, number)
) {keyed table};

CREATE TABLE routing_decision (
  report_id {big} NOT NULL,
  seq {big} NOT NULL,
  at {big} NOT NULL,
  agency {big} NOT NULL,
  officer_id {big} NOT NULL,
  suggestion {json} NOT NULL,
  decided {json} NOT NULL,
  fits_class {bool} NOT NULL,
  fits_category {bool} NOT NULL,
  fits_office {bool} NOT NULL,
  PRIMARY KEY (report_id, seq)
) {keyed table};
CREATE INDEX routing_decision_agency ON routing_decision (agency, at);
CREATE INDEX routing_decision_officer ON routing_decision (officer_id);

CREATE TABLE replay (
  id {id},
  set_id {big} NOT NULL,
  officer_id {big} NOT NULL,
  role {text} NOT NULL,
  seat {big} NOT NULL,
  first_day {text} NOT NULL,
  last_day {text} NOT NULL,
  after_id {big} NOT NULL,
  until_id {big} NOT NULL,
  state {text} NOT NULL,
  started_at {big} NOT NULL,
  ended_at {big},
  sum {json} NOT NULL
) {table};
CREATE INDEX replay_set ON replay (set_id, id);
CREATE INDEX replay_officer ON replay (officer_id);

CREATE TABLE replay_case (
  replay_id {big} NOT NULL,
  report_id {big} NOT NULL,
  present {big},
  draft {big},
  first_holder {big} NOT NULL,
  last_holder {big} NOT NULL,
  PRIMARY KEY (replay_id, report_id)
) {keyed table};
CREATE INDEX replay_case_report ON replay_case (report_id);
