import {
  approveBody,
  baselineList,
  baselineOutlook,
  baselineProposal,
  baselineQuery,
  baselineView,
  proposalQuery,
  revokeBody,
  saveBaselineBody,
} from '../baselines';
import { named, numbered, type Route } from '../route';

/** What is normal here: proposals from findings, baselines, their approval and end. */
export const baselineRoutes = {
  listBaselines: {
    method: 'GET',
    path: '/api/v1/baselines',
    summary: 'Statements that a pattern is normal here, newest first, with what they cover now',
    permit: 'baselines.read',
    query: baselineQuery,
    answer: baselineList,
  },
  createBaseline: {
    method: 'POST',
    path: '/api/v1/baselines',
    summary:
      'Save the baseline that a back-test tried; in force at once, or once a second person approved where it loses something or its author may only propose',
    permit: 'baselines.propose',
    body: saveBaselineBody,
    answer: baselineView,
    statuses: [201],
  },
  getBaseline: {
    method: 'GET',
    path: '/api/v1/baselines/{id}',
    summary: 'One baseline, with what it covers now',
    permit: 'baselines.read',
    params: numbered,
    answer: baselineView,
  },
  getBaselineOutlook: {
    method: 'GET',
    path: '/api/v1/baselines/{id}/outlook',
    summary: 'What would come back were a baseline revoked or when it ends, and what happened to it',
    permit: 'baselines.read',
    params: numbered,
    answer: baselineOutlook,
  },
  approveBaseline: {
    method: 'POST',
    path: '/api/v1/baselines/{id}/approve',
    summary: 'Put a waiting baseline in force, as a second person; all hosts are correlated again',
    permit: 'baselines.write',
    params: numbered,
    body: approveBody,
    answer: baselineView,
  },
  revokeBaseline: {
    method: 'POST',
    path: '/api/v1/baselines/{id}/revoke',
    summary: 'Take a baseline back: what it covered comes back. Its author may take a waiting one back',
    permit: 'baselines.propose',
    params: numbered,
    body: revokeBody,
    answer: baselineView,
  },
  proposeBaseline: {
    method: 'GET',
    path: '/api/v1/findings/{id}/baseline-proposal',
    summary: 'Patterns that would make a finding normal, the narrowest first, with what each would hide now',
    permit: 'baselines.propose',
    params: named,
    query: proposalQuery,
    answer: baselineProposal,
  },
} as const satisfies Record<string, Route>;
