import { describe, expect, it } from 'vitest';
import { branchesOf } from '../analytics/matching/branches';
import { catalogue } from '../analytics/testStory';
import { GAP_KINDS, type Gap } from '../visibility/gap';
import { buildVisibility } from '../visibility/visibility';
import { fixFor, fixId, fixTitle } from './fixes';

const SOURCES = [
  'Sysmon',
  'Windows Security',
  'PowerShell',
  'Windows event log',
  'Microsoft Defender XDR',
  'CrowdStrike Falcon',
  'Elastic Defend',
  'SentinelOne',
  'OCSF/Something',
];
const stages = catalogue.analytics.flatMap((analytic) => analytic.stages);
const gap = (kind: Gap['kind'], what?: string): Gap => ({
  kind,
  ...(what === undefined ? {} : { what }),
  sentence: 's',
});

/** Every gap that a shipped stage can have on some host. */
const gaps = [
  ...stages.flatMap((stage) => [
    ...stage.telemetry.needs.flatMap((kind) => [gap('kind', kind), gap('silent', kind)]),
    ...[...stage.telemetry.fields, ...stage.telemetry.essential].map((field) => gap('field', field)),
    ...[...(stage.telemetry.witness?.on ?? [])].map((kind) => gap('witness', kind)),
    ...branchesOf(stage, buildVisibility([])).flatMap(({ kinds }) => kinds.map((kind) => gap('part', kind))),
  ]),
  gap('lineage'),
  gap('quiet'),
];

describe('what would close a gap', () => {
  it('is a concrete setting at every source, for all that a shipped stage can lack', () => {
    for (const one of gaps)
      for (const source of SOURCES) {
        const fix = fixFor(one, source);
        const told = `${fixId(one)} at ${source}: ${JSON.stringify(fix)}`;
        expect(fix.title, told).toMatch(/^(Record|Stop filtering|Find out why) /);
        expect(fix.where.length, told).toBeGreaterThan(8);
        expect(fix.change.length, told).toBeGreaterThan(8);
        expect(fix.title, told).not.toMatch(/_|undefined/);
      }
  });

  it('is a setting of the machine’s own log for all of it: none needs words in general', () => {
    for (const one of gaps)
      for (const source of ['Sysmon', 'Windows Security'])
        expect(fixFor(one, source).where, fixId(one)).not.toContain('Another source');
  });

  it.each([
    [gap('kind', 'network_connect'), 'Sysmon', '<NetworkConnect onmatch="exclude"/>'],
    [gap('kind', 'network_connect'), 'Windows Security', 'Filtering Platform Connection'],
    [gap('part', 'file_stream'), 'Sysmon', '<FileCreateStreamHash onmatch="exclude"/>'],
    [gap('field', 'process.command_line'), 'Windows Security', 'ProcessCreationIncludeCmdLine_Enabled'],
    [
      gap('kind', 'process_start'),
      'Windows Security',
      'auditpol /set /subcategory:"Process Creation" /success:enable',
    ],
    [gap('kind', 'file_access'), 'Windows Security', 'Login Data'],
    [gap('kind', 'image_load'), 'Elastic Defend', '"DLL and Driver Load"'],
    [gap('part', 'script_block'), 'PowerShell', 'EnableScriptBlockLogging'],
    [gap('kind', 'network_connect'), 'CrowdStrike Falcon', 'NetworkConnectIP4'],
    [gap('kind', 'image_load'), 'Microsoft Defender XDR', 'DeviceImageLoadEvents'],
    [gap('kind', 'network_connect'), 'OCSF/Something', 'network connections with their process'],
  ])('names what to write: %j at %s', (one, source, change) => {
    expect(fixFor(one, source).change).toContain(change);
  });

  it('names another source where the one at hand cannot record it', () => {
    expect(fixFor(gap('kind', 'file_access'), 'Sysmon')).toMatchObject({
      where: expect.stringContaining('Sysmon does not record this'),
      change: expect.stringContaining('auditpol'),
    });
  });

  it('is an action in its title, the same at every source', () => {
    expect(fixTitle(gap('field', 'process.command_line'))).toBe('Record command lines of new processes');
    expect(fixTitle(gap('kind', 'network_connect'))).toBe('Record network connections with their process');
    expect(fixTitle(gap('lineage'))).toBe('Record every process start with its parent');
  });

  it('is one and the same where a kind is needed by one stage and by a part of another', () => {
    expect(fixId(gap('kind', 'dns_query'))).toBe(fixId(gap('part', 'dns_query')));
    const ids = GAP_KINDS.filter((kind) => kind !== 'part').map((kind) => fixId(gap(kind, 'dns_query')));
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('is never refused, whatever a definition of somebody’s own asks for', () => {
    for (const what of ['__proto__', 'constructor', 'rule.name', 'alert', ''])
      for (const kind of GAP_KINDS) expect(fixFor(gap(kind, what), 'Sysmon').change).not.toBe('');
  });
});
