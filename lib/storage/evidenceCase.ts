import { caseFamily } from './cases/caseRows';
import { prisma } from './client';

/** Everything that stands in a case and in those merged into it, as it is stored; undefined when there is no such case. */
export async function loadCaseEvidence(caseId: number) {
  const database = prisma();
  const family = [...(await caseFamily(caseId))];
  const where = { caseId: { in: family } };
  const row = await database.case.findUnique({ where: { id: caseId } });
  if (row === null) return undefined;
  const notes = await database.caseNote.findMany({ where, orderBy: { id: 'asc' } });
  const [merged, items, versions, tasks, comments, attachments, indicators, reviews, work] =
    await Promise.all([
      database.case.findMany({
        where: { id: { in: family.filter((id) => id !== caseId) } },
        orderBy: { id: 'asc' },
      }),
      database.caseItem.findMany({ where, orderBy: [{ kind: 'asc' }, { ref: 'asc' }] }),
      database.caseNoteVersion.findMany({
        where: { noteId: { in: notes.map(({ id }) => id) } },
        orderBy: [{ noteId: 'asc' }, { version: 'asc' }],
      }),
      database.caseTask.findMany({ where, orderBy: { id: 'asc' } }),
      database.caseComment.findMany({ where, orderBy: { id: 'asc' } }),
      database.caseAttachment.findMany({ where, orderBy: { id: 'asc' } }),
      database.caseIndicator.findMany({ where, orderBy: { id: 'asc' } }),
      database.caseReview.findMany({ where, orderBy: { id: 'asc' } }),
      database.caseWork.findMany({ where, orderBy: [{ person: 'asc' }, { day: 'asc' }] }),
    ]);
  const withdrawn = new Set(notes.flatMap(({ id, withdrawnAt }) => (withdrawnAt === null ? [] : [id])));
  return {
    case: row,
    family,
    merged,
    items,
    // What somebody withdrew is no longer shown, here neither; that it was there, and who withdrew it, is.
    notes: notes.map((note) => (withdrawn.has(note.id) ? { ...note, title: '' } : note)),
    versions: versions.filter(({ noteId }) => !withdrawn.has(noteId)),
    tasks,
    comments: comments.map((comment) => (comment.withdrawnAt === null ? comment : { ...comment, text: '' })),
    attachments: attachments.map(({ uploadId, ...attachment }) => ({
      ...attachment,
      uploadId: attachment.withdrawnAt === null ? uploadId : null,
    })),
    indicators: indicators.map((indicator) =>
      indicator.withdrawnAt === null ? indicator : { ...indicator, value: '', note: '' },
    ),
    reviews,
    work,
  };
}

export type StoredCaseEvidence = NonNullable<Awaited<ReturnType<typeof loadCaseEvidence>>>;
