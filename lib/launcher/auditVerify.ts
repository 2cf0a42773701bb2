/**
 * `npm run -s audit:verify [-- --head HASH]`: reads the whole audit trail and computes every hash anew. Exit code 0:
 * unbroken; 1: broken, with the first entry that is wrong; 2: it could not be read.
 */
import path from 'node:path';
import { checkAudit } from '../storage/auditChain';
import { faultText } from '../storage/auditFault';
import { closeStorage } from '../storage/client';
import { openProductDatabase } from './dataDirDatabase';
import { Refusal } from './settings';

const USAGE = 'usage: npm run -s audit:verify [-- --head HASH]';
const root = path.resolve(import.meta.dirname, '../..');

async function main(words: readonly string[]): Promise<number> {
  const head = readHead(words);
  const database = await openProductDatabase(process.env, root);
  process.env.DATABASE_URL = database.url;
  try {
    const check = await checkAudit(head);
    const entries = `${check.entries.toLocaleString('en')} ${check.entries === 1 ? 'entry' : 'entries'}`;
    if (check.fault !== undefined) {
      console.log(`broken after ${entries}: ${faultText(check.fault)}`);
      return 1;
    }
    console.log(`${entries}, unbroken, head ${check.head.hash}`);
    if (check.known === undefined) return 0;
    if (check.known.id === undefined) {
      console.log(
        `The head ${check.known.hash} is not in the chain: entries after it was kept were written anew.`,
      );
      return 1;
    }
    console.log(
      `The head ${check.known.hash} is that of entry ${check.known.id}: all up to it is as it was then.`,
    );
    return 0;
  } finally {
    await closeStorage();
    await database.close();
  }
}

function readHead(words: readonly string[]): string | undefined {
  if (words.length === 0) return undefined;
  const [option = '', value] = words;
  const head = option.startsWith('--head=') ? option.slice('--head='.length) : value;
  const rest = option.startsWith('--head=') ? 1 : 2;
  if (!/^--head(=|$)/.test(option) || words.length !== rest || !/^[0-9a-f]{64}$/.test(head ?? ''))
    throw new Refusal(USAGE);
  return head;
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(`audit:verify: ${(error as Error).message}`);
  process.exitCode = 2;
}
