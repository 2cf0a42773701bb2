import {
  addBundleQuery,
  attackBundle,
  attackBundleList,
  attackMappings,
  attackObjectList,
  attackSearchQuery,
  mapTechniqueBody,
  navigatorQuery,
} from '../attack';
import { numbered, type Route } from '../route';
import { done } from '../scalars';

/** Releases of ATT&CK that people bring, and what they say of our analytics. None is fetched. */
export const attackRoutes = {
  listAttackBundles: {
    method: 'GET',
    path: '/api/v1/attack/bundles',
    summary: 'Releases of ATT&CK, newest first',
    permit: 'attack.read',
    answer: attackBundleList,
  },
  addAttackBundle: {
    method: 'POST',
    path: '/api/v1/attack/bundles',
    summary: 'Read a release as STIX 2.1 (the bytes of the request); the same bytes are the same release',
    permit: 'attack.write',
    query: addBundleQuery,
    takes: 'application/json',
    answer: attackBundle,
    statuses: [200, 201],
  },
  removeAttackBundle: {
    method: 'DELETE',
    path: '/api/v1/attack/bundles/{id}',
    summary: 'Forget a release',
    permit: 'attack.write',
    params: numbered,
    answer: done,
  },
  searchAttackObjects: {
    method: 'GET',
    path: '/api/v1/attack/objects',
    summary: 'Techniques and other objects of the newest release, by id or name',
    permit: 'attack.read',
    query: attackSearchQuery,
    answer: attackObjectList,
  },
  getAttackMappings: {
    method: 'GET',
    path: '/api/v1/attack/mappings',
    summary: 'Which techniques our analytics are about, and who says so',
    permit: 'attack.read',
    answer: attackMappings,
  },
  mapTechnique: {
    method: 'POST',
    path: '/api/v1/attack/mappings',
    summary: 'Say that an analytic is about a technique',
    permit: 'attack.write',
    body: mapTechniqueBody,
    answer: attackMappings,
  },
  unmapTechnique: {
    method: 'DELETE',
    path: '/api/v1/attack/mappings/{id}',
    summary: 'Take that back',
    permit: 'attack.write',
    params: numbered,
    answer: attackMappings,
  },
  getNavigatorLayer: {
    method: 'GET',
    path: '/api/v1/coverage/navigator-layer',
    summary:
      'A layer of ATT&CK Navigator (format 4.5) with what could be seen, or was proven, of each technique',
    permit: 'coverage.read',
    query: navigatorQuery,
    answer: 'application/json',
  },
} as const satisfies Record<string, Route>;
