/** Names of the files of an evidence pack. They are ours alone: nothing that telemetry or people wrote is in a name. */
export const PACK = {
  readme: 'README.txt',
  manifest: 'manifest.json',
  manifestHash: 'manifest.sha256',
  originals: 'originals.json',
  audit: 'audit.ndjson',
  auditHead: 'audit-head.json',
  hosts: 'hosts.json',
  history: 'history.json',
  sigma: 'sigma.json',
  baselines: 'baselines.json',
  records: 'records/index.ndjson',
  settings: 'analytics/settings.json',
  analytics: 'analytics/',
  mappings: 'mappings/',
} as const;

/** File of the n-th record of an import, from 1. */
export function recordFile(importId: number, n: number): string {
  return `records/${importId}.${n}`;
}

/** File of the heading that the rows of an import's member stand under. */
export function headingFile(importId: number, member: number): string {
  return `records/${importId}.heading.${member}`;
}

/** File of an import's own bytes. */
export function originalFile(importId: number): string {
  return `originals/${importId}`;
}

/** A file about one finding. */
export function findingFile(findingId: string, name: string): string {
  return `findings/${findingId.replace(/[^\w.-]/g, '_')}/${name}`;
}
