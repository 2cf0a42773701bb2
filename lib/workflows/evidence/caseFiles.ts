import type { StoredCaseEvidence } from '../../storage/evidenceCase';
import { uploadBytes } from '../../storage/uploads';
import { verified } from '../readOriginal';
import { type CaseThings, caseBlocks } from './caseBlocks';
import { jsonFile } from './json';
import { storyFiles } from './storyFiles';
import type { FileToPack } from './zipStream';

/** What stands in a case as files: the story of the whole, everything as stored, and the attached files. */
export async function* caseFiles(
  stored: StoredCaseEvidence,
  things: CaseThings,
  madeAt: Date,
): AsyncGenerator<FileToPack, void, undefined> {
  const title = `Case ${stored.case.id}: ${stored.case.title}`;
  yield* storyFiles('', caseBlocks(stored, things), { title, madeAt });
  const { case: row, merged, items, notes, versions, tasks, comments, indicators, reviews, work } = stored;
  const parts = { tasks, comments, indicators, reviews, work };
  yield { name: 'case/case.json', content: jsonFile({ ...row, merged, items }) };
  yield { name: 'case/alerts.json', content: jsonFile(things.alerts) };
  yield { name: 'case/hits.json', content: jsonFile(things.hits) };
  yield { name: 'case/notes.json', content: jsonFile({ notes, versions }) };
  for (const [name, rows] of Object.entries(parts))
    yield { name: `case/${name}.json`, content: jsonFile(rows) };
  const attachments = stored.attachments.map(({ uploadId, ...one }) => ({
    ...one,
    file: uploadId === null ? null : attachmentFile(one.id),
  }));
  yield { name: 'case/attachments.json', content: jsonFile(attachments) };
  for (const { id, uploadId, bytes, sha256 } of stored.attachments) {
    if (uploadId === null) continue;
    const content = verified({ attachmentId: id }, uploadBytes(uploadId), { bytes: Number(bytes), sha256 });
    yield { name: attachmentFile(id), content };
  }
}

function attachmentFile(id: number): string {
  return `case/attachments/${id}`;
}
