import { describe, expect, it } from 'vitest';
import { micros } from '../../base/time';
import type { EntityId } from '../../events/endpointEvent';
import { scenario } from '../../events/scenario';
import { buildLineage } from '../../lineage/buildLineage';
import type { ProcessNode } from '../../lineage/lineage';
import { groupByTrait, personKeys, personOf, sessionOf } from './traits';

const SID = 'S-1-5-21-1-2-3-1001';
const OTHER_SID = 'S-1-5-21-1-2-3-1002';

describe('the same user', () => {
  it.each([
    [
      'by SID, whatever the names',
      { userId: SID, user: 'CORP\\a' },
      { userId: SID, user: 'a@corp.example' },
      true,
    ],
    [
      'not by name, where the SIDs differ',
      { userId: SID, user: 'CORP\\a' },
      { userId: OTHER_SID, user: 'CORP\\a' },
      false,
    ],
    [
      'by name without case, where one has no SID',
      { userId: SID, user: 'CORP\\A' },
      { user: 'corp\\a' },
      true,
    ],
    ['by name, where none has a SID', { user: 'CORP\\a' }, { user: 'CORP\\a' }, true],
    ['not by half a name', { user: 'CORP\\a' }, { user: 'a' }, false],
    ['not without a name or a SID in common', { userId: SID }, { user: 'CORP\\a' }, false],
  ])('is known %s', (_, a, b, same) => {
    expect(shares(a, b)).toBe(same);
    expect(shares(b, a)).toBe(same);
  });

  it.each([
    [{ userId: 'S-1-5-18', user: 'NT AUTHORITY\\SYSTEM' }],
    [{ user: 'NT AUTHORITY\\LOCAL SERVICE' }],
    [{ userId: 'S-1-5-20' }],
    [{ user: 'system' }],
    [{ user: 'CORP\\WS01$' }],
    [{}],
  ])('is never %j', (who) => {
    expect(personOf(node(who))).toBeUndefined();
  });
});

it('shares no session with the whole system', () => {
  expect(sessionOf(node({ logonId: '0x3E7' }))).toBeUndefined();
  expect(sessionOf(node({ logonId: '0xC61D9' }))).toBe('0xc61d9');
});

/** Whether what one does is found among what the other's keys lead to. */
function shares(a: Partial<ProcessNode>, b: Partial<ProcessNode>): boolean {
  const s = scenario();
  s.starts('C:\\a.exe');
  const events = s.events();
  const [event] = events;
  const person = personOf(node(a));
  if (event === undefined || person === undefined) return false;
  const id = 'p' as EntityId;
  const lineage = { ...buildLineage(events), processes: new Map([[id, node(b)]]), processOf: () => id };
  const group = groupByTrait(
    () => events,
    lineage,
    () => undefined,
  );
  return personKeys(person).some((key) => group('process_start', key).length > 0);
}

function node(fields: Partial<ProcessNode>): ProcessNode {
  return {
    entityId: 'p' as EntityId,
    firstSeen: micros(0),
    imputed: false,
    link: { strength: 'root' },
    ...fields,
  };
}
