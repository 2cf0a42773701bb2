import { describe, expect, it } from 'vitest';
import type { SigmaRule } from '../../sigma/rule';
import { hitFacts } from '../../sigma/sources/hitFacts';
import { sysmonRecord } from '../../sigma/sources/testRecords';
import { testRule } from '../../sigma/sources/testRules';
import type { MatchedRecord } from './matchImportRecords';
import { createBacktestTally, type KnownHosts } from './runBacktestTally';

const START = '{ product: windows, category: process_creation }';
const starts: SigmaRule = testRule(START, '  a: { Image: x }\n  condition: a');
const asks: SigmaRule = {
  ...testRule('{ category: dns_query }', '  a: { QueryName: x }\n  condition: a'),
  id: 'asks',
};
const record = sysmonRecord(1, { CommandLine: 'y'.repeat(3_000) });
const HOSTS: KnownHosts = new Map([
  ['pc1', { id: 1, name: 'pc1.corp.example' }],
  ['pc1.corp.example', { id: 1, name: 'pc1.corp.example' }],
]);
const nobody = { has: () => false };

/** A record on which these rules hold. */
function found(eventId: string, host: string, rules: readonly SigmaRule[] = [starts]): MatchedRecord {
  const part = {
    selection: 'a',
    field: 'Image',
    modifiers: [],
    expected: 'e'.repeat(900),
    value: 'v'.repeat(900),
  };
  return {
    ...{ member: 0, index: 0, record, isEvent: true, eventId },
    facts: { ...hitFacts(record), host },
    matches: rules.map((rule) => ({ rule, explain: () => Array.from({ length: 30 }, () => part) })),
  };
}

describe('what a back-test counts', () => {
  it('is a record once for each rule, in however many imports it is', () => {
    const tally = createBacktestTally([starts, asks], HOSTS, nobody);
    for (const one of [found('e1', 'pc1'), found('e1', 'pc1'), found('e1', 'pc1', [asks])]) tally.add(one);
    expect(tally.rules([]).map(({ ruleId, hits }) => [ruleId, hits])).toEqual([
      [starts.id, 1],
      ['asks', 1],
    ]);
  });

  it('stands under the host that its names are of, the most hits first; one that nobody knows under its own', () => {
    const tally = createBacktestTally([starts], HOSTS, nobody);
    for (const one of [found('e1', 'new'), found('e2', 'pc1'), found('e3', 'pc1.corp.example')])
      tally.add(one);
    expect(tally.rules([])[0]?.hosts).toEqual([
      { host: 'pc1.corp.example', hits: 2 },
      { host: 'new', hits: 1 },
    ]);
  });

  it('has rules with the most hits first, those without any too', () => {
    const tally = createBacktestTally([starts, asks], HOSTS, nobody);
    tally.add(found('e1', 'pc1', [asks]));
    expect(tally.rules([]).map(({ ruleId, hits }) => [ruleId, hits])).toEqual([
      ['asks', 1],
      [starts.id, 0],
    ]);
  });

  it('tells how many are on true positives, asked by the host’s number, the event and the process', () => {
    const { entityId } = hitFacts(record);
    const asked: object[] = [];
    const tally = createBacktestTally([starts], HOSTS, {
      has: (hit) => {
        asked.push(hit);
        return hit.eventId === 'e2';
      },
    });
    for (const one of [found('e1', 'pc1'), found('e2', 'pc1'), found('e2', 'pc1')]) tally.add(one);
    expect(entityId).toBeDefined();
    expect(asked).toEqual([
      { host: 1, eventId: 'e1', entityId },
      { host: 1, eventId: 'e2', entityId },
    ]);
    expect(tally.rules([])[0]).toMatchObject({ hits: 2, onTruePositives: 1 });
  });

  it('shows five examples of a rule, each of a bounded size', () => {
    const tally = createBacktestTally([starts], HOSTS, nobody);
    for (let n = 0; n < 9; n++) tally.add(found(`e${n}`, 'pc1'));
    const examples = tally.rules([])[0]?.examples ?? [];
    expect(examples).toHaveLength(5);
    expect(examples[0]).toMatchObject({ host: 'pc1.corp.example', source: 'Sysmon 1' });
    expect(examples[0]?.commandLine).toHaveLength(1_000);
    expect(examples[0]?.matched).toHaveLength(10);
    expect(examples[0]?.matched[0]?.value).toHaveLength(500);
    expect(examples[0]?.matched[0]?.expected).toHaveLength(500);
  });

  it('tells on how many hosts a rule is blind: by the machine, not by its names, and by how many records came', () => {
    const tally = createBacktestTally([starts, asks], HOSTS, nobody);
    const came = (host: string, fields: readonly string[], records = 100) => ({
      ...{ host, source: record.source, records },
      fields: new Set(fields),
    });
    const blind = tally
      .rules([
        came('pc1', ['Image']),
        came('pc1.corp.example', ['Image']),
        came('alike', ['Image']),
        came('empty', []),
        // So few records without an image prove nothing.
        came('few', [], 5),
      ])
      .map((one) => [one.ruleId, one.blind]);
    expect(blind).toEqual([
      [starts.id, 1],
      ['asks', 4],
    ]);
  });
});
