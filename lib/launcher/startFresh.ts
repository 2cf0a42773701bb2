/** The whole product as `npm start` runs it, on an empty data folder of its own that is deleted afterwards: for tests. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-fresh-'));
// PostgreSQL run for root works as another user, who has to get in.
fs.chmodSync(folder, 0o711);
process.env.SEQUELA_DATA_DIR = folder;
delete process.env.DATABASE_URL;
process.once('exit', (code) => {
  if (code === 0) fs.rmSync(folder, { recursive: true, force: true });
  else console.log(`Data and logs of this run: ${folder}`);
});

await import('./start');
