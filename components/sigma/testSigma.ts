import type { SigmaHitGroup, SigmaHitView } from '@/lib/contracts/sigmaHits';
import type { SigmaRuleDetail, SigmaRuleRow } from '@/lib/contracts/sigmaRules';
import type { SigmaChoice, SigmaSetDetail, SigmaSetView } from '@/lib/contracts/sigmaSets';

/** Markup and a character that turns text around: what telemetry and rules may hold. */
export const HOSTILE = '<img src=x onerror=alert(1)>\u202egnp';

/** A hit of an invented rule, changed as asked. */
export function testHit(change: Partial<SigmaHitView> = {}): SigmaHitView {
  return {
    ref: 'h1',
    rule: {
      id: '11',
      ruleId: 'aaaaaaaa-0000-4000-8000-000000000001',
      title: 'Shell out of an office program',
      level: 'high',
      author: 'Nobody',
      license: null,
    },
    host: { id: '3', name: 'WS-01' },
    time: '2026-11-20T10:00:00.123456Z',
    eventId: '77',
    kind: 'process_start',
    source: 'Sysmon 1',
    process: {
      entityId: '{p1}',
      pid: 4711,
      image: 'C:\\Windows\\System32\\cmd.exe',
      commandLine: 'cmd.exe /c echo hello',
      user: 'CORP\\ada',
    },
    matched: [
      {
        selection: 'selection_img',
        field: 'Image',
        modifiers: ['endswith'],
        expected: '\\cmd.exe',
        value: 'C:\\Windows\\System32\\cmd.exe',
      },
      {
        selection: 'selection_parent',
        field: 'ParentImage',
        modifiers: ['endswith'],
        expected: '\\winword.exe',
        value: 'C:\\Office\\winword.exe',
      },
    ],
    fields: {
      User: 'CORP\\ada',
      Image: 'C:\\Windows\\System32\\cmd.exe',
      ParentImage: 'C:\\Office\\winword.exe',
      CommandLine: 'cmd.exe /c echo hello',
    },
    record: { importId: '5', file: 'sysmon.evtx', index: 1234 },
    baseline: null,
    case: null,
    ...change,
  };
}

/** A group of hits by rule, changed as asked. */
export function testGroup(change: Partial<SigmaHitGroup> = {}): SigmaHitGroup {
  return {
    key: '11',
    title: 'Shell out of an office program',
    level: 'high',
    hits: 1204,
    hosts: 3,
    rules: 1,
    processes: 7,
    from: '2026-11-19T10:00:00Z',
    to: '2026-11-20T10:00:00Z',
    rule: { id: '11', ruleId: 'aaaaaaaa-0000-4000-8000-000000000001', author: 'Nobody' },
    host: null,
    entityId: null,
    image: null,
    titles: [],
    ...change,
  };
}

/** A choice as a new set has it. */
export const CHOICE: SigmaChoice = {
  levels: ['low', 'medium', 'high', 'critical'],
  statuses: ['experimental', 'test', 'stable'],
  tags: [],
  logsources: [],
  excluded: [],
  included: [],
};

/** A set that is on, changed as asked. */
export function testSet(change: Partial<SigmaSetView> = {}): SigmaSetView {
  return {
    id: '1',
    name: 'Own rules',
    enabled: true,
    chosen: CHOICE,
    version: 2,
    revision: 4,
    rules: { loaded: 1483, chosen: 1204, foreign: 31, refused: 4 },
    createdBy: 'lea',
    createdAt: '2026-11-01T10:00:00Z',
    updatedBy: 'lea',
    updatedAt: '2026-11-02T10:00:00Z',
    ...change,
  };
}

/** The same set whole. */
export function testSetDetail(change: Partial<SigmaSetDetail> = {}): SigmaSetDetail {
  return {
    ...testSet(),
    refused: [
      {
        path: `rules/${HOSTILE}.yml`,
        line: 12,
        column: 3,
        title: HOSTILE,
        reason: 'The modifier “foo” is not known.',
      },
    ],
    versions: [
      {
        n: 2,
        by: 'lea',
        at: '2026-11-02T10:00:00Z',
        note: 'weekly',
        files: 1487,
        rules: 1483,
        refused: 4,
        sha256: 'ab'.repeat(32),
        since: { added: 12, removed: 1, changed: 30 },
      },
      {
        n: 1,
        by: 'lea',
        at: '2026-11-01T10:00:00Z',
        note: '',
        files: 1476,
        rules: 1472,
        refused: 4,
        sha256: 'cd'.repeat(32),
        since: null,
      },
    ],
    facets: {
      levels: { high: 600, medium: 800, low: 83 },
      statuses: { test: 1400, stable: 83 },
      tags: { 'attack.t1059': 210 },
      logsources: { 'windows/process_creation': 900 },
    },
    ...change,
  };
}

/** A rule in short, changed as asked. */
export function testRule(change: Partial<SigmaRuleRow> = {}): SigmaRuleRow {
  return {
    id: '11',
    ruleId: 'aaaaaaaa-0000-4000-8000-000000000001',
    kind: 'detection',
    title: 'Shell out of an office program',
    level: 'high',
    status: 'test',
    author: 'Nobody',
    tags: ['attack.t1059'],
    logsource: 'windows/process_creation',
    set: { id: '1', name: 'Own rules' },
    path: 'rules/shell.yml',
    enabled: true,
    foreign: false,
    hits: 1204,
    lastHitAt: '2026-11-20T10:00:00Z',
    hosts: { visible: 40, partial: 2, blind: 5 },
    ...change,
  };
}

/** The same rule whole. */
export function testRuleDetail(change: Partial<SigmaRuleDetail> = {}): SigmaRuleDetail {
  return {
    ...testRule(),
    description: 'An office program starts a shell.',
    license: null,
    date: '2026-01-01',
    modified: null,
    references: ['https://example.org/a', 'javascript:alert(1)', 'http://example.org/plain'],
    falsePositives: ['Unlikely'],
    fields: ['Image', 'ParentImage'],
    yaml: 'title: Shell out of an office program\n',
    sight: [{ host: { id: '4', name: 'SRV-02' }, state: 'blind', why: 'No process starts are recorded.' }],
    ...change,
  };
}
