import { hostClockBody, hostIdentityBody, hostList, hostView } from '../hosts';
import { lineageQuery, lineageView } from '../lineage';
import { named, type Route } from '../route';
import { page } from '../scalars';

/** Hosts, who they are, and what ran on them. */
export const hostRoutes = {
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
} as const satisfies Record<string, Route>;
