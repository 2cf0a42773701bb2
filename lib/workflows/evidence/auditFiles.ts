import { PACK } from '../../evidence/packNames';
import { auditHead } from '../../storage/auditChain';
import { auditPages } from '../../storage/auditEntries';
import { pool } from '../../storage/client';
import { jsonFile, jsonLine } from './json';
import type { FileToPack } from './zipStream';

/** Entries of the audit trail about some subjects, each with the text its hash is made of, and the chain's end. */
export async function* auditFiles(subjects: readonly string[]): AsyncGenerator<FileToPack, void, undefined> {
  yield { name: PACK.audit, content: extract(subjects) };
  // Read after the entries: none of them is past it.
  yield { name: PACK.auditHead, content: headText() };
}

async function* extract(subjects: readonly string[]): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = new TextEncoder();
  for await (const page of auditPages({ subjects }))
    yield bytes.encode(page.map((entry) => jsonLine(entry)).join(''));
}

async function* headText(): AsyncGenerator<Uint8Array, void, undefined> {
  yield new TextEncoder().encode(jsonFile(await auditHead(pool())));
}
