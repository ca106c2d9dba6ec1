-- What seemed to be a prank or an advertisement when it came in, and whether somebody has looked at it since.

CREATE TABLE doubt (
  report_id {big} PRIMARY KEY NOT NULL,
  reasons {text} NOT NULL,
  raised_at {big} NOT NULL,
  settled_at {big},
  cleared_by {big}
) {table};
CREATE INDEX doubt_open ON doubt (report_id) WHERE settled_at IS NULL;
