import { z } from 'zod';
import type { Permission } from '../access/can';
import { alertList, alertQuery } from './alerts';
import { analyticList, analyticView, rerunAnswer } from './analytics';
import { auditList } from './audit';
import { eventDetail, eventList, eventQuery } from './events';
import {
  assignBody,
  findingDetail,
  findingList,
  findingQuery,
  findingSummary,
  verdictBody,
} from './findings';
import { formatList } from './formats';
import { hostClockBody, hostIdentityBody, hostList, hostView } from './hosts';
import {
  deletionView,
  importList,
  importQuery,
  importView,
  quarantineGroups,
  quarantineList,
  reparseBody,
} from './imports';
import { lineageQuery, lineageView } from './lineage';
import {
  mappingBody,
  mappingDeletion,
  mappingList,
  mappingPreview,
  mappingPreviewBody,
  mappingView,
} from './mappings';
import { page } from './scalars';
import { timelineQuery, timelineView } from './timeline';

/** One operation of the API: what its door checks and what its description says, from the same declaration. */
export type Route = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  readonly path: string;
  readonly summary: string;
  readonly permit: Permission;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Shape of the answer; a media type when it is not JSON of ours. */
  readonly answer: z.ZodType | string;
  /** What the request's body is when it is not JSON. */
  readonly takes?: string;
  /** Statuses of success; 200 when not given. */
  readonly statuses?: readonly number[];
};

const wait = z.object({
  wait: z.enum(['true', 'false']).default('false').meta({ description: 'answer when correlation is done' }),
});
const numbered = z.object({
  id: z.string().regex(/^\d{1,9}$/, 'a number'),
});
const named = z.object({ id: z.string().min(1).max(400) });

export const exportQuery = z.object({
  format: z.enum(['markdown', 'json', 'stix', 'timesketch']).default('markdown'),
});

/** Every operation of the API, by name. */
export const routes = {
  createImport: {
    method: 'POST',
    path: '/api/v1/imports',
    summary:
      'Import an export: the body is the file itself, or multipart with one file. The same bytes are the same import.',
    permit: 'imports.write',
    query: importQuery,
    takes: 'application/octet-stream',
    answer: importView,
    statuses: [201, 200],
  },
  listImports: {
    method: 'GET',
    path: '/api/v1/imports',
    summary: 'Imports, newest first',
    permit: 'imports.read',
    query: page,
    answer: importList,
  },
  importSample: {
    method: 'POST',
    path: '/api/v1/imports/sample',
    summary: 'Import the invented recording that ships with the product',
    permit: 'imports.write',
    query: wait,
    answer: importView,
    statuses: [201, 200],
  },
  getImport: {
    method: 'GET',
    path: '/api/v1/imports/{id}',
    summary: 'One import and what became of its records',
    permit: 'imports.read',
    params: numbered,
    answer: importView,
  },
  getQuarantine: {
    method: 'GET',
    path: '/api/v1/imports/{id}/quarantine',
    summary: 'Records that could not become events, with place, reason and bytes',
    permit: 'imports.read',
    params: numbered,
    query: page.extend({
      reason: z
        .string()
        .max(1000)
        .optional()
        .meta({ description: 'only records of this group, or refused for exactly this reason' }),
    }),
    answer: quarantineList,
  },
  getQuarantineGroups: {
    method: 'GET',
    path: '/api/v1/imports/{id}/quarantine/groups',
    summary: 'Why records of an import are in quarantine: each reason once, with count and first place',
    permit: 'imports.read',
    params: numbered,
    answer: quarantineGroups,
  },
  deleteImport: {
    method: 'DELETE',
    path: '/api/v1/imports/{id}',
    summary:
      'Delete an import with its upload. Events no other import contains leave, and findings are worked out again.',
    permit: 'imports.change',
    params: numbered,
    query: wait,
    answer: deletionView,
    statuses: [202],
  },
  reparseImport: {
    method: 'POST',
    path: '/api/v1/imports/{id}/reparse',
    summary:
      'Read an import again from its stored upload: with other formats, a password, or only its quarantine',
    permit: 'imports.change',
    params: numbered,
    query: wait,
    body: reparseBody,
    answer: importView,
    statuses: [202],
  },
  cancelImport: {
    method: 'POST',
    path: '/api/v1/imports/{id}/cancel',
    summary: 'Stop an import that is being read: what it brought is taken out, the upload stays',
    permit: 'imports.change',
    params: numbered,
    query: wait,
    answer: importView,
    statuses: [202],
  },
  getOriginal: {
    method: 'GET',
    path: '/api/v1/imports/{id}/original',
    summary:
      'The file exactly as it was sent, checked against its SHA-256, which Repr-Digest names (RFC 9530)',
    permit: 'imports.read',
    params: numbered,
    answer: 'application/octet-stream',
  },
  listFormats: {
    method: 'GET',
    path: '/api/v1/formats',
    summary: 'Export formats that can be read, and their ids',
    permit: 'imports.read',
    answer: formatList,
  },
  listAudit: {
    method: 'GET',
    path: '/api/v1/audit',
    summary: 'What people and programs did to the evidence, newest first',
    permit: 'audit.read',
    query: page.extend({
      subject: z.string().max(400).optional().meta({ description: 'as `import:12`' }),
    }),
    answer: auditList,
  },
  listFindings: {
    method: 'GET',
    path: '/api/v1/findings',
    summary: 'The queue of findings',
    permit: 'findings.read',
    query: findingQuery,
    answer: findingList,
  },
  getFinding: {
    method: 'GET',
    path: '/api/v1/findings/{id}',
    summary: 'Everything about one finding',
    permit: 'findings.read',
    params: named,
    answer: findingDetail,
  },
  getFindingLineage: {
    method: 'GET',
    path: '/api/v1/findings/{id}/lineage',
    summary: 'The processes of a finding: its path open, everything else folded and counted',
    permit: 'findings.read',
    params: named,
    query: lineageQuery,
    answer: lineageView,
  },
  getFindingTimeline: {
    method: 'GET',
    path: '/api/v1/findings/{id}/timeline',
    summary: 'Events around a finding in order, their density, and where nothing could be seen',
    permit: 'findings.read',
    params: named,
    query: timelineQuery,
    answer: timelineView,
  },
  giveVerdict: {
    method: 'POST',
    path: '/api/v1/findings/{id}/verdict',
    summary: 'Give a verdict, or take it back with null',
    permit: 'findings.decide',
    params: named,
    body: verdictBody,
    answer: findingSummary,
  },
  assignFinding: {
    method: 'POST',
    path: '/api/v1/findings/{id}/assign',
    summary: 'Assign a finding to a person, or to nobody with null',
    permit: 'findings.decide',
    params: named,
    body: assignBody,
    answer: findingSummary,
  },
  exportFinding: {
    method: 'GET',
    path: '/api/v1/findings/{id}/export',
    summary: 'A finding as a document for other tools and people',
    permit: 'findings.read',
    params: named,
    query: exportQuery,
    answer: 'application/octet-stream',
  },
  searchEvents: {
    method: 'GET',
    path: '/api/v1/events',
    summary: 'Search over all events, newest first',
    permit: 'events.read',
    query: eventQuery,
    answer: eventList,
  },
  getEvent: {
    method: 'GET',
    path: '/api/v1/events/{id}',
    summary: 'One event with its record exactly as the export held it',
    permit: 'events.read',
    params: named,
    answer: eventDetail,
  },
  listAlerts: {
    method: 'GET',
    path: '/api/v1/alerts',
    summary: 'Vendor alerts, newest first, each with the finding whose chain explains it',
    permit: 'events.read',
    query: alertQuery,
    answer: alertList,
  },
  listHosts: {
    method: 'GET',
    path: '/api/v1/hosts',
    summary: 'Hosts in order of name',
    permit: 'hosts.read',
    query: page,
    answer: hostList,
  },
  getHost: {
    method: 'GET',
    path: '/api/v1/hosts/{id}',
    summary: 'One host, by id or name, with its clock and its coverage',
    permit: 'hosts.read',
    params: named,
    answer: hostView,
  },
  decideHostIdentity: {
    method: 'POST',
    path: '/api/v1/hosts/{id}/identity',
    summary: 'Say that a name is this host, is another one, or is to be judged from the records again',
    permit: 'hosts.decide',
    params: named,
    body: hostIdentityBody,
    answer: hostView,
  },
  decideHostClock: {
    method: 'POST',
    path: '/api/v1/hosts/{id}/clock',
    summary: "Move a product's events by its measured clock offset on this host, or leave them as reported",
    permit: 'hosts.decide',
    params: named,
    body: hostClockBody,
    answer: hostView,
  },
  getHostLineage: {
    method: 'GET',
    path: '/api/v1/hosts/{id}/lineage',
    summary: 'The process forest of a host',
    permit: 'hosts.read',
    params: named,
    query: lineageQuery,
    answer: lineageView,
  },
  listAnalytics: {
    method: 'GET',
    path: '/api/v1/analytics',
    summary: 'The analytics in force, with their definitions',
    permit: 'analytics.read',
    answer: analyticList,
  },
  getAnalytic: {
    method: 'GET',
    path: '/api/v1/analytics/{id}',
    summary: 'One analytic with its definition',
    permit: 'analytics.read',
    params: named,
    answer: analyticView,
  },
  rerunAnalytics: {
    method: 'POST',
    path: '/api/v1/analytics/rerun',
    summary: 'Run all analytics again over all stored events',
    permit: 'analytics.run',
    query: wait,
    answer: rerunAnswer,
  },
  listMappings: {
    method: 'GET',
    path: '/api/v1/mappings',
    summary: 'Saved mappings of exports without a format of their own, in order of name',
    permit: 'mappings.read',
    answer: mappingList,
  },
  createMapping: {
    method: 'POST',
    path: '/api/v1/mappings',
    summary: 'Save a mapping, or import an exported one. The very same mapping is left as it is (200).',
    permit: 'mappings.write',
    body: mappingBody,
    answer: mappingView,
    statuses: [201, 200],
  },
  previewMapping: {
    method: 'POST',
    path: '/api/v1/mappings/preview',
    summary: 'The first records of an import, and what a mapping (given, or guessed) makes of them',
    permit: 'mappings.write',
    body: mappingPreviewBody,
    answer: mappingPreview,
  },
  getMapping: {
    method: 'GET',
    path: '/api/v1/mappings/{id}',
    summary: 'One mapping as it is in force, or in an earlier version',
    permit: 'mappings.read',
    params: named,
    query: z.object({ version: z.coerce.number().int().min(1).optional() }),
    answer: mappingView,
  },
  changeMapping: {
    method: 'PUT',
    path: '/api/v1/mappings/{id}',
    summary: 'Save a change of a mapping as its next version',
    permit: 'mappings.write',
    params: named,
    body: mappingBody,
    answer: mappingView,
  },
  deleteMapping: {
    method: 'DELETE',
    path: '/api/v1/mappings/{id}',
    summary: 'Delete a mapping; what was read by it stays',
    permit: 'mappings.write',
    params: named,
    answer: mappingDeletion,
  },
  exportMapping: {
    method: 'GET',
    path: '/api/v1/mappings/{id}/export',
    summary: 'A mapping as a file that another Sequela, or the command line, takes',
    permit: 'mappings.read',
    params: named,
    answer: 'application/json',
  },
  describeApi: {
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This description',
    permit: 'description.read',
    answer: z.record(z.string(), z.unknown()),
  },
} as const satisfies Record<string, Route>;
