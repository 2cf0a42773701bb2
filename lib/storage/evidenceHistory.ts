import { prisma } from './client';

/** What people decided on a finding, and what data changed of it, oldest first, as it is stored. */
export async function loadVerdictHistory(findingId: string) {
  const [verdicts, revisions, decision, activity, opened, secondVerdicts] = await Promise.all([
    prisma().verdict.findMany({ where: { findingId }, orderBy: { id: 'asc' } }),
    prisma().findingRevision.findMany({ where: { findingId }, orderBy: { revision: 'asc' } }),
    prisma().decision.findUnique({ where: { findingId } }),
    prisma().activity.findMany({ where: { findingId }, orderBy: { id: 'asc' } }),
    prisma().evidenceOpened.findMany({
      where: { findingId },
      orderBy: [{ firstAt: 'asc' }, { what: 'asc' }],
    }),
    prisma().secondVerdict.findMany({ where: { findingId }, orderBy: { id: 'asc' } }),
  ]);
  return { verdicts, revisions, decision, activity, opened, secondVerdicts };
}

/** Every baseline of some analytics, revoked and run out ones too, as it is stored. */
export async function loadBaselinesOf(analytics: readonly string[]) {
  return prisma().baseline.findMany({ where: { analytic: { in: [...analytics] } }, orderBy: { id: 'asc' } });
}
