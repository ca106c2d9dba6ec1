-- Messages by any way: the service's name for each, what came with it, the pictures that were fetched; and the account by
-- which a reporter is answered.

ALTER TABLE message ADD COLUMN remote {text};
ALTER TABLE message ADD COLUMN more {json};
CREATE UNIQUE INDEX message_remote ON message (way, remote) WHERE remote IS NOT NULL;

CREATE TABLE message_file (
  id {id},
  message_id {big} NOT NULL,
  number {big} NOT NULL,
  upload {json},
  failure {text}
) {table};
CREATE UNIQUE INDEX message_file_of ON message_file (message_id, number);

ALTER TABLE reporter ADD COLUMN chat {text};
CREATE INDEX reporter_chat ON reporter (chat) WHERE chat IS NOT NULL;
