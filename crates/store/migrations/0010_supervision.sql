-- Supervision: what is late, which the clock changes and no event does.

CREATE TABLE lateness (
  agency {big} NOT NULL,
  stage {text} NOT NULL,
  sealed {bool} NOT NULL,
  late {big} NOT NULL,
  oldest {big} NOT NULL,
  PRIMARY KEY (agency, stage, sealed)
) {keyed table};

-- What became of the reports that came in during half a year, for each parent agency.
CREATE TABLE standing (
  period {text} NOT NULL,
  agency {big} NOT NULL,
  stage {text} NOT NULL,
  sealed {bool} NOT NULL,
  n {big} NOT NULL,
  PRIMARY KEY (period, agency, stage, sealed)
) {keyed table};
CREATE INDEX standing_agency ON standing (agency);

-- Reminder campaigns: which open reports of which time, to whom, by when. The list of reports is frozen as rows.
CREATE TABLE campaign (
  id {id},
  client_key {text} NOT NULL,
  title {text} NOT NULL,
  office {big} NOT NULL,
  made_by {big} NOT NULL,
  made_at {big} NOT NULL,
  from_day {big} NOT NULL,
  to_day {big} NOT NULL,
  late_only {bool} NOT NULL,
  deadline_day {big} NOT NULL,
  letter {text} NOT NULL,
  state {text} NOT NULL,
  gathered_to {big} NOT NULL,
  sent_at {big},
  counted_at {big},
  closed_at {big}
) {table};
CREATE UNIQUE INDEX campaign_client_key ON campaign (client_key);
CREATE INDEX campaign_office_made ON campaign (office, id);
CREATE INDEX campaign_made_by ON campaign (made_by);
CREATE INDEX campaign_running ON campaign (id) WHERE state = 'sent';

CREATE TABLE campaign_office (
  campaign_id {big} NOT NULL,
  office {big} NOT NULL,
  chosen {bool} NOT NULL,
  open_total {big} NOT NULL,
  open_done {big} NOT NULL,
  sealed_total {big} NOT NULL,
  sealed_done {big} NOT NULL,
  PRIMARY KEY (campaign_id, office)
) {keyed table};
CREATE INDEX campaign_office_office ON campaign_office (office, campaign_id) WHERE chosen;

CREATE TABLE campaign_case (
  campaign_id {big} NOT NULL,
  report_id {big} NOT NULL,
  office {big} NOT NULL,
  sealed {bool} NOT NULL,
  PRIMARY KEY (campaign_id, report_id)
) {keyed table};
CREATE INDEX campaign_case_report ON campaign_case (report_id);

CREATE TABLE campaign_day (
  campaign_id {big} NOT NULL,
  day {big} NOT NULL,
  total {big} NOT NULL,
  done {big} NOT NULL,
  PRIMARY KEY (campaign_id, day)
) {keyed table};

-- Action plans of agencies whose finished share is too small: at most one for an agency and half a year.
CREATE TABLE plan (
  id {id},
  agency {big} NOT NULL,
  period {text} NOT NULL,
  owner {big} NOT NULL,
  state {text} NOT NULL,
  done {big} NOT NULL,
  total {big} NOT NULL,
  threshold {big} NOT NULL,
  made_by {big},
  made_at {big} NOT NULL,
  changed_at {big} NOT NULL,
  seq {big} NOT NULL
) {table};
CREATE UNIQUE INDEX plan_agency ON plan (agency, period);
CREATE INDEX plan_owner ON plan (owner, id);
CREATE INDEX plan_made_by ON plan (made_by) WHERE made_by IS NOT NULL;

CREATE TABLE plan_step (
  id {id},
  plan_id {big} NOT NULL,
  body {text} NOT NULL,
  due_day {big} NOT NULL,
  done_at {big},
  client_key {text} NOT NULL
) {table};
CREATE INDEX plan_step_plan ON plan_step (plan_id, id);
CREATE UNIQUE INDEX plan_step_key ON plan_step (client_key);

CREATE TABLE plan_remark (
  id {id},
  plan_id {big} NOT NULL,
  at {big} NOT NULL,
  officer_id {big} NOT NULL,
  agency {big} NOT NULL,
  body {text} NOT NULL,
  client_key {text} NOT NULL
) {table};
CREATE INDEX plan_remark_plan ON plan_remark (plan_id, id);
CREATE INDEX plan_remark_agency ON plan_remark (agency);
CREATE INDEX plan_remark_officer ON plan_remark (officer_id);
CREATE UNIQUE INDEX plan_remark_key ON plan_remark (client_key);

-- Reports that their reporters gave to the Ombudsman, and who took the papers with which reason.
CREATE TABLE consent (
  report_id {id},
  at {big} NOT NULL
) {table};
CREATE INDEX consent_at ON consent (at, report_id);

INSERT INTO consent (report_id, at) SELECT report_id, at FROM event WHERE kind = 'ombudsman_accepted';

CREATE TABLE package (
  id {id},
  report_id {big} NOT NULL,
  officer_id {big} NOT NULL,
  agency {big} NOT NULL,
  at {big} NOT NULL,
  reason {text} NOT NULL
) {table};
CREATE INDEX package_report ON package (report_id, id);
CREATE INDEX package_agency ON package (agency);
CREATE INDEX package_officer ON package (officer_id);
