-- Other systems: who is told of reports by webhook, and partners who bring reports in.

CREATE TABLE webhook (
  id {id},
  office {big} NOT NULL,
  url {text} NOT NULL,
  topics {text} NOT NULL,
  secret {text} NOT NULL,
  old_secret {text},
  old_until {big},
  active {bool} NOT NULL,
  off_reason {text},
  created_at {big} NOT NULL,
  failures {big} NOT NULL,
  failing_since {big},
  rest_until {big} NOT NULL,
  claimed_by {text},
  claimed_until {big} NOT NULL
) {hot} {table};
CREATE INDEX webhook_office ON webhook (office);

CREATE TABLE webhook_event (
  id {id},
  report_id {big},
  topic {text} NOT NULL,
  at {big} NOT NULL,
  facts {json} NOT NULL
) {table};
CREATE INDEX webhook_event_report ON webhook_event (report_id);

CREATE TABLE webhook_delivery (
  webhook_id {big} NOT NULL,
  event_id {big} NOT NULL,
  state {text} NOT NULL,
  attempts {big} NOT NULL,
  not_before {big} NOT NULL,
  status {big},
  failure {text},
  settled_at {big},
  PRIMARY KEY (webhook_id, event_id)
) {hot} {keyed table};
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, not_before, event_id) WHERE state = 'queued';
CREATE INDEX webhook_delivery_dead ON webhook_delivery (webhook_id, event_id) WHERE state = 'dead';
CREATE INDEX webhook_delivery_event ON webhook_delivery (event_id);

CREATE TABLE partner (
  id {id},
  office {big} NOT NULL,
  name {text} NOT NULL,
  created_at {big} NOT NULL
) {table};
CREATE UNIQUE INDEX partner_name ON partner (office, name);

ALTER TABLE pass ADD COLUMN partner_id {big};
ALTER TABLE pass ADD COLUMN per_minute {big};
ALTER TABLE pass ADD COLUMN per_day {big};
CREATE INDEX pass_partner ON pass (partner_id) WHERE partner_id IS NOT NULL;

CREATE TABLE partner_report (
  partner_id {big} NOT NULL,
  external_ref {text} NOT NULL,
  report_id {big} NOT NULL,
  consent {bool} NOT NULL,
  changed_at {big} NOT NULL,
  PRIMARY KEY (partner_id, external_ref)
) {hot} {keyed table};
CREATE UNIQUE INDEX partner_report_report ON partner_report (report_id);
CREATE INDEX partner_report_changed ON partner_report (partner_id, changed_at, report_id);

CREATE TABLE pass_use (
  hash {text} NOT NULL,
  span {text} NOT NULL,
  starts {big} NOT NULL,
  used {big} NOT NULL,
  PRIMARY KEY (hash, span)
) {hot} {keyed table};
