-- Problems: one cause behind many reports. `reports` counts those that everybody may read there.
CREATE TABLE problem (
  id {id},
  title {text} NOT NULL,
  cause {text} NOT NULL,
  owner {big} NOT NULL,
  root {big} NOT NULL,
  status {text} NOT NULL,
  plan {json} NOT NULL,
  reports {big} NOT NULL,
  version {big} NOT NULL,
  created_at {big} NOT NULL,
  updated_at {big} NOT NULL
) {table};
CREATE INDEX problem_root ON problem (root, id);
CREATE INDEX problem_owner ON problem (owner, id);

-- What was told of a problem; `seq` is the version that came with it.
CREATE TABLE problem_news (
  problem_id {big} NOT NULL,
  seq {big} NOT NULL,
  at {big} NOT NULL,
  status {text} NOT NULL,
  body {text} NOT NULL,
  agency {big} NOT NULL,
  PRIMARY KEY (problem_id, seq)
) {keyed table};
CREATE INDEX problem_news_agency ON problem_news (agency);

-- Writes by the key of the client, so that none happens twice.
CREATE TABLE problem_write (
  client_key {text} NOT NULL,
  fingerprint {text} NOT NULL,
  problem_id {big} NOT NULL,
  PRIMARY KEY (client_key)
) {keyed table};
CREATE INDEX problem_write_problem ON problem_write (problem_id);

-- Which problem a report belongs to, and whether everybody may read it there.
CREATE TABLE attributed (
  report_id {id},
  problem_id {big} NOT NULL,
  shown {bool} NOT NULL
) {table};
CREATE INDEX attributed_problem ON attributed (problem_id);
CREATE INDEX attributed_shown ON attributed (problem_id, report_id) WHERE shown;
