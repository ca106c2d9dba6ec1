-- Evaluations of complaint handling: one for an agency and half year, with its evidence and what was done to it. See docs/decisions/0042.

CREATE TABLE evaluation (
  id {id},
  semester {text} NOT NULL,
  agency {big} NOT NULL,
  stage {text} NOT NULL,
  state {json} NOT NULL,
  seq {big} NOT NULL,
  changed_at {big} NOT NULL,
  until_at {big},
  score {big},
  predicate {text}
) {table};
CREATE UNIQUE INDEX evaluation_agency ON evaluation (agency, semester);
CREATE INDEX evaluation_semester ON evaluation (semester, id);
CREATE INDEX evaluation_until ON evaluation (until_at) WHERE stage = 'verified';
CREATE INDEX evaluation_final ON evaluation (semester, score, agency) WHERE stage = 'final';

-- What came of it, as the very text that was signed.
CREATE TABLE evaluation_outcome (
  evaluation_id {id},
  document {text} NOT NULL,
  digest {text} NOT NULL,
  signature {text} NOT NULL,
  signer {text} NOT NULL
) {table};

CREATE TABLE evaluation_file (
  id {id},
  evaluation_id {big} NOT NULL,
  question {text} NOT NULL,
  name {text} NOT NULL,
  media {text} NOT NULL,
  size {big} NOT NULL,
  hash {text} NOT NULL,
  at {big} NOT NULL,
  officer_id {big} NOT NULL
) {table};
CREATE INDEX evaluation_file_evaluation ON evaluation_file (evaluation_id, id);
CREATE INDEX evaluation_file_officer ON evaluation_file (officer_id);
CREATE INDEX evaluation_file_hash ON evaluation_file (hash);

CREATE TABLE evaluation_remark (
  id {id},
  evaluation_id {big} NOT NULL,
  at {big} NOT NULL,
  officer_id {big},
  agency {big},
  act {text} NOT NULL,
  body {text} NOT NULL,
  client_key {text} NOT NULL
) {table};
CREATE INDEX evaluation_remark_evaluation ON evaluation_remark (evaluation_id, id);
CREATE INDEX evaluation_remark_officer ON evaluation_remark (officer_id);
CREATE INDEX evaluation_remark_agency ON evaluation_remark (agency);
CREATE UNIQUE INDEX evaluation_remark_key ON evaluation_remark (client_key);

-- Reports that an agency shows as success stories in the papers for the national competition of a year.
CREATE TABLE success_story (
  agency {big} NOT NULL,
  year {big} NOT NULL,
  report_id {big} NOT NULL,
  at {big} NOT NULL,
  officer_id {big} NOT NULL,
  PRIMARY KEY (agency, year, report_id)
) {keyed table};
CREATE INDEX success_story_report ON success_story (report_id);
CREATE INDEX success_story_officer ON success_story (officer_id);
