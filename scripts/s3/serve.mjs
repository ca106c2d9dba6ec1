// A store that speaks S3 (the npm package `s3rver`), for tests; its folder goes with it. Prints its port and that folder.
import S3rver from "s3rver";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const directory = mkdtempSync(join(tmpdir(), "lapor-s3-"));
const server = new S3rver({ port: 0, address: "127.0.0.1", silent: true, directory, configureBuckets: [{ name: "sp4n" }] });
const { port } = await server.run();
console.log(`${port} ${directory}`);
for (const signal of ["SIGTERM", "SIGINT"]) {
  process.on(signal, () => {
    rmSync(directory, { recursive: true, force: true });
    process.exit(0);
  });
}
