import type { Actor } from '../../access/can';
import type { EvidenceQuery } from '../../contracts/evidence';
import { caseSubject, findingSubject } from '../../storage/audit';
import { findingOrRefuse } from '../readFinding';
import { makePack } from './makePack';

export type EvidencePack = {
  readonly name: string;
  readonly type: 'application/zip';
  readonly content: AsyncGenerator<Uint8Array, void, undefined>;
};

/** The evidence pack of a finding, streamed. Throws `not_found`. */
export async function findingEvidence(id: string, query: EvidenceQuery, actor: Actor): Promise<EvidencePack> {
  const record = await findingOrRefuse(id);
  const { row } = record;
  const content = await makePack({
    subject: findingSubject(id),
    findings: [record],
    subjects: row.case === null ? [] : [caseSubject(row.case.id)],
    originals: query.originals === 'true',
    actor,
  });
  return {
    name: `evidence-${row.analytic}-${row.host}-${id.slice(0, 12)}.zip`,
    type: 'application/zip',
    content,
  };
}
