-- Who a report is assigned to, how long the queues are, what officers keep for themselves, who looks at what,
-- and what is done to many reports at once.

ALTER TABLE report ADD COLUMN officer {big};
CREATE INDEX report_inbox_officer ON report (officer, due_at, id) WHERE open AND officer IS NOT NULL;
CREATE INDEX report_inbox_unassigned ON report (holder, due_at, id) WHERE open AND officer IS NULL;
UPDATE report SET officer = CAST({officer of state} AS BIGINT) WHERE open;

CREATE TABLE queue (
  scope {text} NOT NULL,
  owner {big} NOT NULL,
  sealed {bool} NOT NULL,
  due_at {big} NOT NULL,
  slot {big} NOT NULL,
  n {big} NOT NULL,
  PRIMARY KEY (scope, owner, sealed, due_at, slot)
) {hot} {keyed table};
INSERT INTO queue SELECT 'nation', 0, sealed, due_at, 0, COUNT(*) FROM report WHERE open GROUP BY sealed, due_at;
INSERT INTO queue SELECT 'root', root, sealed, due_at, 0, COUNT(*) FROM report WHERE open GROUP BY root, sealed, due_at;
INSERT INTO queue SELECT 'holder', holder, sealed, due_at, 0, COUNT(*) FROM report WHERE open GROUP BY holder, sealed, due_at;
INSERT INTO queue SELECT 'unassigned', holder, sealed, due_at, 0, COUNT(*) FROM report
  WHERE open AND officer IS NULL GROUP BY holder, sealed, due_at;
INSERT INTO queue SELECT 'officer', officer, sealed, due_at, 0, COUNT(*) FROM report
  WHERE open AND officer IS NOT NULL GROUP BY officer, sealed, due_at;

CREATE TABLE saved_filter (
  id {id},
  officer_id {big} NOT NULL,
  name {text} NOT NULL,
  query {text} NOT NULL,
  created_at {big} NOT NULL
) {table};
CREATE INDEX saved_filter_officer ON saved_filter (officer_id, id);

CREATE TABLE presence (
  report_id {big} NOT NULL,
  officer_id {big} NOT NULL,
  agency {big} NOT NULL,
  writing {bool} NOT NULL,
  at {big} NOT NULL,
  PRIMARY KEY (report_id, officer_id)
) {hot} {keyed table};
CREATE INDEX presence_agency ON presence (agency);
CREATE INDEX presence_officer ON presence (officer_id);
CREATE INDEX presence_at ON presence (at);

CREATE TABLE batch (
  id {id},
  officer_id {big} NOT NULL,
  client_key {text} NOT NULL,
  deed {text} NOT NULL,
  details {json} NOT NULL,
  state {text} NOT NULL,
  created_at {big} NOT NULL,
  run_at {big} NOT NULL
) {table};
CREATE INDEX batch_officer ON batch (officer_id, id);
CREATE UNIQUE INDEX batch_client_key ON batch (officer_id, client_key);

CREATE TABLE batch_item (
  batch_id {big} NOT NULL,
  nth {big} NOT NULL,
  report_id {big} NOT NULL,
  seq {big} NOT NULL,
  outcome {text},
  PRIMARY KEY (batch_id, nth)
) {keyed table};
CREATE INDEX batch_item_report ON batch_item (report_id);
