-- Reports that an officer took in for somebody else: who did, how the person agreed, and where it stood in public.

CREATE TABLE taking (
  report_id {id},
  officer_id {big} NOT NULL,
  agency {big} NOT NULL,
  at {big} NOT NULL,
  consent {text},
  source {text}
) {table};
CREATE INDEX taking_officer ON taking (officer_id, at);
CREATE INDEX taking_agency ON taking (agency, at);
