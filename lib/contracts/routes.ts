import { z } from 'zod';
import type { Permission } from '../access/can';
import { analyticList, analyticView, rerunAnswer } from './analytics';
import { eventDetail, eventList, eventQuery } from './events';
import {
  assignBody,
  findingDetail,
  findingList,
  findingQuery,
  findingSummary,
  verdictBody,
} from './findings';
import { hostList, hostView } from './hosts';
import { importList, importQuery, importView, quarantineList } from './imports';
import { lineageQuery, lineageView } from './lineage';
import { timelineQuery, timelineView } from './timeline';

/** One operation of the API: what its door checks and what its description says, from the same declaration. */
export type Route = {
  readonly method: 'GET' | 'POST';
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

const page = z.object({
  cursor: z.string().max(2000).optional().meta({ description: '`nextCursor` of the page before' }),
  limit: z.coerce.number().int().min(1).max(500).optional(),
});
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
    summary: 'Records that could not become events, with place and reason',
    permit: 'imports.read',
    params: numbered,
    query: page,
    answer: quarantineList,
  },
  getOriginal: {
    method: 'GET',
    path: '/api/v1/imports/{id}/original',
    summary: 'The file exactly as it was sent',
    permit: 'imports.read',
    params: numbered,
    answer: 'application/octet-stream',
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
  describeApi: {
    method: 'GET',
    path: '/api/v1/openapi.json',
    summary: 'This description',
    permit: 'description.read',
    answer: z.record(z.string(), z.unknown()),
  },
} as const satisfies Record<string, Route>;
