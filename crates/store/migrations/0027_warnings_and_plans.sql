-- A topic in a place that came up more often than usual. See docs/decisions/0040.

CREATE TABLE surge (
  id {id},
  topic {big} NOT NULL,
  region {text} NOT NULL,
  owner {big} NOT NULL,
  state {text} NOT NULL,
  first_day {big} NOT NULL,
  last_day {big} NOT NULL,
  data {json} NOT NULL,
  changed_at {big} NOT NULL,
  seq {big} NOT NULL
) {table};
CREATE UNIQUE INDEX surge_standing ON surge (topic, region) WHERE state <> 'over';
CREATE INDEX surge_open ON surge (id) WHERE state <> 'over';
CREATE INDEX surge_owner ON surge (owner);

CREATE TABLE surge_step (
  id {id},
  surge_id {big} NOT NULL,
  at {big} NOT NULL,
  officer_id {big} NOT NULL,
  agency {big} NOT NULL,
  owner {big},
  body {text} NOT NULL,
  client_key {text} NOT NULL
) {table};
CREATE INDEX surge_step_surge ON surge_step (surge_id, id);
CREATE INDEX surge_step_officer ON surge_step (officer_id);
CREATE INDEX surge_step_agency ON surge_step (agency);
CREATE UNIQUE INDEX surge_step_key ON surge_step (client_key);

-- Action plans that supervisors ask for are looked up by their half year.
CREATE INDEX plan_period ON plan (period);

-- Governments below a parent agency have sums of their own: everything is measured anew.
DELETE FROM measure_cell;
DELETE FROM fact;
DELETE FROM fact_past;
UPDATE report SET unmeasured = {true};
