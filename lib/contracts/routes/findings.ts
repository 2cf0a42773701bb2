import { z } from 'zod';
import {
  assignBody,
  findingDetail,
  findingList,
  findingQuery,
  findingSummary,
  runbookView,
  verdictBody,
} from '../findings';
import { lineageQuery, lineageView } from '../lineage';
import { named, type Route } from '../route';
import { timelineQuery, timelineView } from '../timeline';

export const exportQuery = z.object({
  format: z.enum(['markdown', 'html', 'json', 'stix', 'timesketch']).default('markdown'),
});

/** The queue of findings, and everything about one. */
export const findingRoutes = {
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
  getFindingRunbook: {
    method: 'GET',
    path: '/api/v1/findings/{id}/runbook',
    summary: 'The runbook, each step answered from the events, not answerable, or for a person',
    permit: 'findings.read',
    params: named,
    answer: runbookView,
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
} as const satisfies Record<string, Route>;
