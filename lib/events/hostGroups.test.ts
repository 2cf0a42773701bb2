import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groupHosts, type HostDecision, type HostDevice } from './hostGroups';

const AID = '5ddb0407bef249c19c7a975f17979a1f';

describe('groupHosts', () => {
  it('gives a bare name to the only full name that begins with it', () => {
    expect(canonicals(['WS1', 'ws1.corp.example', 'ws2'])).toEqual({
      ws1: 'ws1.corp.example',
      'ws1.corp.example': 'ws1.corp.example',
      ws2: 'ws2',
    });
  });

  it('leaves a bare name alone when two domains have such a host', () => {
    expect(canonicals(['ws1', 'ws1.a.example', 'ws1.b.example']).ws1).toBe('ws1');
  });

  it('leaves addresses alone', () => {
    expect(canonicals(['192.0.2.1', '192'])).toEqual({ '192.0.2.1': '192.0.2.1', '192': '192' });
  });

  it('knows a host by its device id, and never calls it by the id when it has a name', () => {
    const groups = groupHosts([AID, 'ws1', 'ws1.corp.example'], [{ name: 'ws1', device: AID }]);
    expect(groups.get(AID)).toEqual({
      canonical: 'ws1.corp.example',
      because: `records give both with the device id ${AID}`,
    });
    expect(groups.get('ws1')?.canonical).toBe('ws1.corp.example');
  });

  it('joins two products\u2019 ids of one machine through its name', () => {
    const devices = [
      { name: 'ws1', device: AID },
      { name: 'ws1', device: 'mde-device' },
    ];
    expect(canonicals([AID, 'mde-device', 'ws1'], devices)).toEqual({
      [AID]: 'ws1',
      'mde-device': 'ws1',
      ws1: 'ws1',
    });
  });

  it('joins a device id to a full name through the bare name that only an inventory gave', () => {
    expect(canonicals([AID, 'ws1.corp.example'], [{ name: 'ws1', device: AID }])).toEqual({
      [AID]: 'ws1.corp.example',
      'ws1.corp.example': 'ws1.corp.example',
    });
  });

  it('takes a device id that two machine names share for no identity of either', () => {
    const names = ['alice-pc', 'bob-pc', AID];
    const groups = canonicals(
      names,
      ['alice-pc', 'bob-pc'].map((name) => ({ name, device: AID })),
    );
    expect(groups).toEqual(Object.fromEntries(names.map((name) => [name, name])));
  });

  it('takes thousands of names and ids in a moment', () => {
    const chain = Array.from({ length: 20_000 }, (_, i) => ({
      name: 'vdi',
      device: `device-${i}-of-a-pool`,
    }));
    const groups = groupHosts(['vdi', ...chain.map((one) => one.device)], chain);
    expect(new Set([...groups.values()].map((one) => one.canonical))).toEqual(new Set(['vdi']));
  });

  it('joins no two machines by a number that every server counts', () => {
    const first = [{ name: 'ws1', device: 'carbon black edr 1' }];
    expect(canonicals(['carbon black edr 1', 'ws1'], first)['carbon black edr 1']).toBe('ws1');
    const both = [...first, { name: 'srv9', device: 'carbon black edr 1' }];
    expect(canonicals(['carbon black edr 1', 'ws1', 'srv9'], both)).toEqual({
      'carbon black edr 1': 'carbon black edr 1',
      ws1: 'ws1',
      srv9: 'srv9',
    });
  });

  it('obeys a person: joined by hand, and kept apart against the records', () => {
    const same: HostDecision = { name: 'old-name', with: 'ws1', decision: 'same' };
    expect(groupHosts(['old-name', 'ws1'], [], [same]).get('ws1')).toEqual({
      canonical: 'old-name',
      because: 'joined by hand',
    });
    const separate: HostDecision = { name: 'ws1', with: 'ws1.corp.example', decision: 'separate' };
    expect(canonicals(['ws1', 'ws1.corp.example'], [], [separate])).toEqual({
      ws1: 'ws1',
      'ws1.corp.example': 'ws1.corp.example',
    });
  });

  it('gives every name once, to a group that is the same for all its names, whatever the order', () => {
    const name = fc.constantFrom('a', 'A', 'a.x', 'b', 'b.x', 'b.y', 'c.x', AID, 'dev2');
    const device = fc.record({
      name: fc.constantFrom('a', 'b.x', 'c.x'),
      device: fc.constantFrom(AID, 'dev2'),
    });
    const decision: fc.Arbitrary<HostDecision> = fc.record({
      name: fc.constantFrom('a', 'b'),
      with: fc.constantFrom('c.x', 'a.x'),
      decision: fc.constantFrom('same', 'separate'),
    });
    fc.assert(
      fc.property(
        fc.array(name, { minLength: 1 }),
        fc.array(device),
        fc.uniqueArray(decision, { selector: (one) => `${one.name}${one.with}` }),
        (names, devices, decisions) => {
          const groups = groupHosts(names, devices, decisions);
          const reversed = groupHosts([...names].reverse(), [...devices].reverse(), [...decisions].reverse());
          expect([...reversed].sort()).toEqual([...groups].sort());
          for (const [, { canonical }] of groups) expect(groups.get(canonical)?.canonical).toBe(canonical);
        },
      ),
    );
  });
});

function canonicals(
  names: readonly string[],
  devices: readonly HostDevice[] = [],
  decisions: readonly HostDecision[] = [],
): Record<string, string> {
  return Object.fromEntries(
    [...groupHosts(names, devices, decisions)].map(([name, { canonical }]) => [name, canonical]),
  );
}
