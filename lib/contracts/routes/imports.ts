import { z } from 'zod';
import { formatList } from '../formats';
import {
  deletionView,
  importList,
  importQuery,
  importView,
  quarantineGroups,
  quarantineList,
  reparseBody,
} from '../imports';
import { numbered, type Route, wait } from '../route';
import { page } from '../scalars';

/** Imports, what became of their records, and what was done to the evidence. */
export const importRoutes = {
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
    permit: 'imports.evidence',
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
    permit: 'imports.evidence',
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
    permit: 'imports.evidence',
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
} as const satisfies Record<string, Route>;
