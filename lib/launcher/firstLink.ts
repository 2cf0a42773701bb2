import fs from 'node:fs';
import pg from 'pg';
import { makeFirstInvitation } from '../storage/invitations';

/**
 * The link by which the first administrator comes, printed and written to `file` for its owner only; undefined when
 * somebody is here already. The database keeps only its hash. Links of earlier starts end.
 */
export async function makeFirstLink(url: string, address: string, file: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const token = await makeFirstInvitation(client);
    if (token === undefined) return undefined;
    const link = `${address}/join?token=${token}`;
    fs.writeFileSync(file, `${link}\n`, { mode: 0o600, flag: 'wx' });
    return link;
  } finally {
    await client.end();
  }
}

/** Takes away the file of an earlier start. */
export function dropFirstLink(file: string): void {
  fs.rmSync(file, { force: true });
}
