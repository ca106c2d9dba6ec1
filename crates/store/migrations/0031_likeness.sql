-- How often a parent agency answered in the same words. See docs/decisions/0037.

CREATE TABLE answer_likeness (
  root {big} NOT NULL,
  likeness {text} NOT NULL,
  n {big} NOT NULL,
  at {big} NOT NULL,
  PRIMARY KEY (root, likeness)
) {keyed table};
CREATE INDEX answer_likeness_at ON answer_likeness (at);

-- What units gave away, and answers by template, are part of the facts now: everything is measured anew.
DELETE FROM measure_cell;
DELETE FROM arrival;
DELETE FROM fact;
DELETE FROM fact_past;
UPDATE report SET unmeasured = {true};
