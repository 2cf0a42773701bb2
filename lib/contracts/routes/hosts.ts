import { hostClockBody, hostHealth, hostIdentityBody, hostList, hostUsers, hostView } from '../hosts';
import {
  lineageChildren,
  lineageChildrenQuery,
  lineageQuery,
  lineageSearch,
  lineageSearchQuery,
  lineageView,
} from '../lineage';
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
  getHostChildren: {
    method: 'GET',
    path: '/api/v1/hosts/{id}/lineage/children',
    summary: 'A page of the children of one process, or of the roots',
    permit: 'hosts.read',
    params: named,
    query: lineageChildrenQuery,
    answer: lineageChildren,
  },
  searchHostLineage: {
    method: 'GET',
    path: '/api/v1/hosts/{id}/lineage/search',
    summary: 'Processes of a host by image, command line, user or pid, with what leads to each',
    permit: 'hosts.read',
    params: named,
    query: lineageSearchQuery,
    answer: lineageSearch,
  },
  getHostHealth: {
    method: 'GET',
    path: '/api/v1/hosts/{id}/health',
    summary: 'What the telemetry of a host was, kind by kind over time, and where it was blind',
    permit: 'hosts.read',
    params: named,
    answer: hostHealth,
  },
  getHostUsers: {
    method: 'GET',
    path: '/api/v1/hosts/{id}/users',
    summary: 'Accounts seen on a host',
    permit: 'hosts.read',
    params: named,
    answer: hostUsers,
  },
} as const satisfies Record<string, Route>;
