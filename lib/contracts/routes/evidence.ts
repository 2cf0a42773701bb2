import { evidenceQuery } from '../evidence';
import { named, numbered, type Route } from '../route';

/** Evidence packs: one ZIP that stands without Sequela, and is checked by `npm run evidence:verify`. */
export const evidenceRoutes = {
  exportFindingEvidence: {
    method: 'GET',
    path: '/api/v1/findings/{id}/evidence',
    summary:
      'The evidence pack of a finding: story, records in original form, definitions, history, manifest',
    permit: 'evidence.export',
    params: named,
    query: evidenceQuery,
    answer: 'application/zip',
  },
  exportCaseEvidence: {
    method: 'GET',
    path: '/api/v1/cases/{id}/evidence',
    summary: 'The evidence pack of a case: all its findings, notes, tasks, comments, reviews and attachments',
    permit: 'evidence.export',
    params: numbered,
    query: evidenceQuery,
    answer: 'application/zip',
  },
} as const satisfies Record<string, Route>;
