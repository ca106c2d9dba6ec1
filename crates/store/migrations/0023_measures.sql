-- What each report contributes to the statistics, and that added up by month. See docs/decisions/0035.

ALTER TABLE report ADD COLUMN unmeasured {bool} NOT NULL DEFAULT {true};
CREATE INDEX report_unmeasured ON report (id) WHERE unmeasured;

CREATE TABLE fact (
  report_id {id},
  day {big} NOT NULL,
  root {big} NOT NULL,
  holder {big} NOT NULL,
  late_root {big} NOT NULL,
  late_holder {big} NOT NULL,
  data {json} NOT NULL
) {hot} {table};
CREATE INDEX fact_day ON fact (day, report_id);
CREATE INDEX fact_root ON fact (root, day, report_id);
CREATE INDEX fact_holder ON fact (holder, day, report_id);
CREATE INDEX fact_late_root ON fact (late_root, day, report_id) WHERE late_root <> root;
CREATE INDEX fact_late_holder ON fact (late_holder, day, report_id) WHERE late_holder <> holder;

CREATE TABLE fact_past (
  office {big} NOT NULL,
  day {big} NOT NULL,
  report_id {big} NOT NULL,
  PRIMARY KEY (office, day, report_id)
) {keyed table};
CREATE INDEX fact_past_report ON fact_past (report_id);

CREATE TABLE measure_cell (
  scope {text} NOT NULL,
  month {big} NOT NULL,
  veil {text} NOT NULL,
  data {json} NOT NULL,
  PRIMARY KEY (scope, month, veil)
) {table};
