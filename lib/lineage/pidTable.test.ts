import { describe, expect, it } from 'vitest';
import { MICROS_PER_SECOND, micros } from '../base/time';
import type { EntityId } from '../events/endpointEvent';
import { createPidTable } from './pidTable';
import { emptyDraft, type ProcessDraft } from './processDraft';

const anyone = (): boolean => true;

describe('runningAt', () => {
  it('prefers the life that holds the moment to one that only touches it', () => {
    const table = createPidTable([life('first', 0, 10), life('second', 10.5)]);
    expect(table.runningAt(4, at(9.9), anyone)?.entityId).toBe('first');
    expect(table.runningAt(4, at(10.1), anyone)?.entityId).toBe('first');
    expect(table.runningAt(4, at(10.4), anyone)?.entityId).toBe('second');
    expect(table.runningAt(4, at(10.5), anyone)?.entityId).toBe('second');
  });

  it('ends a life without a recorded end with the next start', () => {
    const table = createPidTable([life('first', 0), life('second', 10)]);
    expect(table.runningAt(4, at(9), anyone)?.entityId).toBe('first');
    expect(table.runningAt(4, at(13), (draft) => draft.entityId === 'first')).toBeUndefined();
  });

  it('finds who was first seen later, unless a start lies between', () => {
    const seen = (id: string, second: number): ProcessDraft => ({
      ...emptyDraft(id as EntityId, at(second)),
      pid: 4,
    });
    expect(createPidTable([seen('late', 60)]).runningAt(4, at(0), anyone)?.entityId).toBe('late');
    expect(createPidTable([life('b', 30), seen('late', 60)]).runningAt(4, at(0), anyone)).toBeUndefined();
    expect(createPidTable([life('a', 0, 5), seen('late', 60)]).runningAt(4, at(30), anyone)?.entityId).toBe(
      'late',
    );
  });
});

describe('startedNear', () => {
  it('gives the nearest start that is accepted, within the tolerance', () => {
    const table = createPidTable([life('a', 0), life('b', 2), life('c', 3)]);
    expect(table.startedNear(4, at(2.4), 3 * MICROS_PER_SECOND, anyone)?.entityId).toBe('b');
    expect(table.startedNear(4, at(2.6), 3 * MICROS_PER_SECOND, anyone)?.entityId).toBe('c');
    const onlyA = (draft: ProcessDraft): boolean => draft.entityId === 'a';
    expect(table.startedNear(4, at(2.6), 3 * MICROS_PER_SECOND, onlyA)?.entityId).toBe('a');
    expect(table.startedNear(4, at(3.1), 3 * MICROS_PER_SECOND, onlyA)).toBeUndefined();
    expect(table.startedNear(8, at(2), 3 * MICROS_PER_SECOND, anyone)).toBeUndefined();
  });
});

it('keeps its order when processes are added in any order', () => {
  const table = createPidTable([]);
  for (const second of [30, 10, 20, 0]) table.add(life(`p${second}`, second, second + 1));
  for (const second of [0, 10, 20, 30]) {
    expect(table.runningAt(4, at(second), anyone)?.entityId).toBe(`p${second}`);
  }
});

it('looks at little more per process when there are twice as many of one pid', () => {
  const looks = (count: number): number => {
    let reads = 0;
    const counted = (i: number): ProcessDraft => ({
      ...emptyDraft(`p${i}` as EntityId, at(0)),
      pid: 4,
      get startedAt() {
        reads++;
        return at(i / 1000);
      },
    });
    const table = createPidTable([]);
    for (let i = 0; i < count; i++) {
      table.startedNear(4, at(i / 1000), 3 * MICROS_PER_SECOND, () => false);
      table.runningAt(4, at(i / 1000), () => false);
      table.add(counted(i));
    }
    return reads / count;
  };
  expect(looks(4000) / looks(2000)).toBeLessThan(1.3);
});

/** A process with pid 4, by seconds of its recorded start and end. */
function life(id: string, from: number, to?: number): ProcessDraft {
  const draft = { ...emptyDraft(id as EntityId, at(from)), pid: 4, startedAt: at(from) };
  return to === undefined ? draft : { ...draft, endedAt: at(to) };
}

function at(second: number) {
  return micros(1_772_442_000_000_000 + second * MICROS_PER_SECOND);
}
