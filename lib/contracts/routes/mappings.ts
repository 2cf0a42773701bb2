import { z } from 'zod';
import {
  mappingBody,
  mappingDeletion,
  mappingList,
  mappingPreview,
  mappingPreviewBody,
  mappingView,
} from '../mappings';
import { named, type Route } from '../route';

/** How exports without a format of their own are read. */
export const mappingRoutes = {
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
} as const satisfies Record<string, Route>;
