-- Where reports lie, so that similar ones nearby are found.

CREATE TABLE near (
  report_id {id},
  area {text} NOT NULL,
  topic {big} NOT NULL,
  cell {big}
) {table};
CREATE INDEX near_area ON near (area, report_id);
CREATE INDEX near_topic ON near (area, topic, report_id);
CREATE INDEX near_cell ON near (cell, report_id) WHERE cell IS NOT NULL;

INSERT INTO near (report_id, area, topic)
SELECT id, substr({of state} ->> 'region', 1, 5), COALESCE(CAST({of state} ->> 'category' AS BIGINT), 0) FROM report;

-- Which reports share a matter.

CREATE TABLE linked (
  report_id {id},
  matter {big} NOT NULL
) {table};
CREATE INDEX linked_matter ON linked (matter, report_id);

-- Questions that are answered by a link: to the reporter (the hold) and to people outside.

CREATE TABLE question (
  report_id {big} NOT NULL,
  seq {big} NOT NULL,
  outsider {bool} NOT NULL,
  recipient {text},
  shares {bool} NOT NULL,
  until {big} NOT NULL,
  opened_at {big},
  answered_at {big},
  ended_at {big},
  PRIMARY KEY (report_id, seq)
) {keyed table};
