import type { Actor } from '../../access/can';
import { AppError } from '../../base/appError';
import type { EvidenceQuery } from '../../contracts/evidence';
import { caseSubject, findingSubject } from '../../storage/audit';
import { alertSubjectsOf } from '../../storage/cases/caseAlerts';
import { noteExported } from '../../storage/cases/caseAttachments';
import { loadCaseEvidence } from '../../storage/evidenceCase';
import { type FindingRecord, loadFinding } from '../../storage/findings';
import { hitsOf } from '../cases/caseThings';
import { toFindingDetail } from '../findingView';
import { hitView } from '../sigma/hitViews';
import { loadPackedAlerts } from './caseAlertEvidence';
import { caseFiles } from './caseFiles';
import type { EvidencePack } from './findingEvidence';
import { makePack } from './makePack';

/**
 * The evidence pack of a case with all that was merged into it, streamed: its findings, alerts and hits, and what people wrote,
 * did and attached. Findings and hits that the data no longer gives stand in its lists alone. Throws `not_found`.
 */
export async function caseEvidence(id: string, query: EvidenceQuery, actor: Actor): Promise<EvidencePack> {
  const stored = await loadCaseEvidence(Number(id));
  if (stored === undefined) throw new AppError('not_found', `There is no case ${id}.`);
  const findings = await loadAll(stored.items.flatMap(({ kind, ref }) => (kind === 'finding' ? [ref] : [])));
  const alerts = await loadPackedAlerts(stored.family);
  const items = stored.items.filter(({ kind }) => kind === 'hit');
  const hits = await hitsOf(items.map(({ ref }) => ref));
  const goneHits = items.filter(({ ref }) => !hits.has(ref));
  const details = findings.map((record) => toFindingDetail(record, { items: [], total: 0 }, []));
  const content = await makePack({
    subject: caseSubject(stored.case.id),
    findings,
    alerts,
    note: (connection) =>
      noteExported(
        connection,
        stored.attachments.filter(({ uploadId }) => uploadId !== null),
        actor.name,
      ),
    ofCase: (madeAt) =>
      caseFiles(
        stored,
        { findings: details, alerts, hits: [...hits.values()].map(hitView), goneHits },
        madeAt,
      ),
    subjects: [
      ...stored.family.map(caseSubject),
      ...findings.map(({ row }) => findingSubject(row.id)),
      ...(await alertSubjectsOf(stored.family)),
    ],
    originals: query.originals === 'true',
    actor,
  });
  return { name: `evidence-case-${stored.case.id}.zip`, type: 'application/zip', content };
}

async function loadAll(ids: readonly string[]): Promise<readonly FindingRecord[]> {
  const records = await Promise.all(ids.map((id) => loadFinding(id)));
  return records.flatMap((record) => (record === undefined ? [] : [record]));
}
