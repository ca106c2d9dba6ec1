-- Reports by place, agency and day; inhabitants; the way of agencies into the system; outreach. See docs/decisions/0043.

CREATE TABLE arrival (
  scope {text} NOT NULL,
  day {big} NOT NULL,
  n {big} NOT NULL,
  PRIMARY KEY (scope, day)
) {keyed table};
INSERT INTO arrival (scope, day, n)
  SELECT 'agency/' || root, day, COUNT(*) FROM fact WHERE {of data} ->> 'v' = 'none' GROUP BY root, day;
INSERT INTO arrival (scope, day, n)
  SELECT 'region/' || substr({of data} ->> 'r', 1, 2), day, COUNT(*) FROM fact WHERE {of data} ->> 'v' = 'none'
  GROUP BY 1, day;
INSERT INTO arrival (scope, day, n)
  SELECT 'region/' || substr({of data} ->> 'r', 1, 5), day, COUNT(*) FROM fact
  WHERE {of data} ->> 'v' = 'none' AND length({of data} ->> 'r') > 2 GROUP BY 1, day;

CREATE TABLE population (
  above {text} NOT NULL,
  region {text} NOT NULL,
  year {big} NOT NULL,
  people {big} NOT NULL,
  source {text} NOT NULL,
  at {big} NOT NULL,
  by_user {big},
  PRIMARY KEY (above, region, year)
) {table};

CREATE TABLE onboarding (
  agency {big} NOT NULL,
  step {text} NOT NULL,
  day {big} NOT NULL,
  note {text} NOT NULL,
  at {big} NOT NULL,
  by_user {big},
  by_agency {big},
  PRIMARY KEY (agency, step)
) {table};

CREATE TABLE outreach (
  id {id},
  agency {big} NOT NULL,
  root {big} NOT NULL,
  state {text} NOT NULL,
  day {big} NOT NULL,
  plan {json} NOT NULL,
  result {json},
  seq {big} NOT NULL,
  made_by {big},
  made_at {big} NOT NULL,
  changed_at {big} NOT NULL
) {table};
CREATE INDEX outreach_root ON outreach (root, id);
CREATE INDEX outreach_agency ON outreach (agency, id);
CREATE INDEX outreach_shown ON outreach (day, id) WHERE state = 'carried_out';

CREATE TABLE outreach_photo (
  id {id},
  outreach_id {big} NOT NULL,
  alt {text} NOT NULL,
  name {text} NOT NULL,
  media {text} NOT NULL,
  size {big} NOT NULL,
  hash {text} NOT NULL,
  at {big} NOT NULL
) {table};
CREATE INDEX outreach_photo_outreach ON outreach_photo (outreach_id, id);
CREATE INDEX outreach_photo_hash ON outreach_photo (hash);

CREATE TABLE outreach_write (
  client_key {text} PRIMARY KEY NOT NULL,
  fingerprint {text} NOT NULL,
  outreach_id {big} NOT NULL
) {table};
CREATE INDEX outreach_write_outreach ON outreach_write (outreach_id);
