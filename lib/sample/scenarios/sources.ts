import type { EndpointEvent, EventKind } from '../../events/endpointEvent';
import { writeDefender } from '../vendors/defender';
import { writeElasticDefend } from '../vendors/elasticDefend';
import { writeFalcon } from '../vendors/falcon';
import { writeSentinelOne } from '../vendors/sentinelOne';
import { writeSysmon } from '../vendors/sysmon';
import { writeDefenderExtras, writeElasticReads } from './vendorExtras';
import { writeWindowsLog } from './windowsLog';

/** Products in whose form a scenario is recorded. `windows` is Sysmon with all of Windows' own auditing beside it. */
export type SourceId = 'sysmon' | 'windows' | 'security' | 'defender' | 'falcon' | 'sentinelone' | 'elastic';

export type Source = {
  readonly id: SourceId;
  readonly title: string;
  /** Kinds of event its records can show. The mark of the web counts as `file_stream` wherever it is written. */
  readonly shows: ReadonlySet<EventKind>;
  /** Whether its process starts carry the original file name, by which a renamed program is known. */
  readonly originalNames: boolean;
  /** Whether its records, as we write them, tell that a program is validly signed. */
  readonly signatures: boolean;
  /** Events in the product's records, one JSON value each; acts it cannot show leave none. */
  readonly write: (events: readonly EndpointEvent[]) => readonly Readonly<Record<string, unknown>>[];
};

const COMMON: readonly EventKind[] = [
  'process_start',
  'network_connect',
  'dns_query',
  'file_create',
  'image_load',
];

export const SOURCES: readonly Source[] = [
  {
    id: 'sysmon',
    title: 'Sysmon alone',
    shows: new Set([...COMMON, 'process_end', 'file_stream', 'registry_set']),
    originalNames: true,
    signatures: true,
    write: writeSysmon,
  },
  {
    id: 'windows',
    title: 'Sysmon, audited reads, 4688 and PowerShell logging',
    shows: new Set([
      ...COMMON,
      'process_end',
      'file_stream',
      'registry_set',
      'file_access',
      'registry_access',
      'script_block',
      'alert',
    ]),
    originalNames: true,
    signatures: true,
    write: (events) => [...writeSysmon(events), ...writeWindowsLog(events, 'everything')],
  },
  {
    id: 'security',
    title: 'Security 4688 with command lines alone',
    shows: new Set(['process_start', 'process_end']),
    originalNames: false,
    signatures: false,
    write: (events) => writeWindowsLog(events, 'processes'),
  },
  {
    id: 'defender',
    title: 'Defender for Endpoint, advanced hunting',
    shows: new Set([...COMMON, 'file_stream', 'registry_set', 'file_access', 'script_block']),
    originalNames: true,
    signatures: false,
    write: (events) => [...writeDefender(events), ...writeDefenderExtras(events)],
  },
  {
    id: 'falcon',
    title: 'CrowdStrike Falcon Data Replicator',
    shows: new Set([...COMMON, 'process_end', 'file_stream']),
    originalNames: true,
    signatures: false,
    write: writeFalcon,
  },
  {
    id: 'sentinelone',
    title: 'SentinelOne Cloud Funnel',
    shows: new Set([...COMMON, 'process_end', 'registry_set']),
    originalNames: false,
    signatures: true,
    write: writeSentinelOne,
  },
  {
    id: 'elastic',
    title: 'Elastic Defend',
    shows: new Set([...COMMON, 'process_end', 'file_stream', 'registry_set', 'file_access']),
    originalNames: true,
    signatures: false,
    write: (events) => [...writeElasticDefend(events), ...writeElasticReads(events)],
  },
];
