import { describe, expect, it } from 'vitest';
import type { FindingDetail, StageView } from '@/lib/contracts/findings';
import { sigmaMarks } from '../shared/sigma/sigmaMarks';
import { testHit } from '../sigma/testSigma';
import { findingHref, nextInQueue, queueHref, queueParams } from './nextFinding';
import {
  defaultSelection,
  parseSelection,
  resolveSelection,
  selectedHit,
  selectHit,
  selectItem,
  selectStage,
} from './selection';

/*
 *  outlook ── [a.svg] ── msedge ── wscript (anchor)      stages: arrives, runs, (steals: blind)
 */
const stage = (
  id: string,
  eventId: string | null,
  entityId: string | null,
  more: Partial<StageView> = {},
): StageView => ({
  id,
  title: id,
  required: true,
  group: null,
  state: eventId === null ? 'blind' : 'matched',
  stateReason: null,
  eventsTotal: 1,
  events:
    eventId === null
      ? []
      : [
          {
            eventId,
            time: '2026-11-20T09:16:31Z',
            kind: 'process_start',
            image: null,
            commandLine: null,
            path: null,
            destination: null,
            query: null,
            entityId,
            pid: null,
            user: null,
            record: null,
          },
        ],
  relation: null,
  window: null,
  why: null,
  ...more,
});
const finding = (stages: StageView[]) =>
  ({ anchor: { entityId: 'wscript' }, stages }) as unknown as FindingDetail;
const lineage = {
  anchorId: 'wscript',
  joins: [],
  folded: [],
  shown: 1,
  total: 1,
  nodes: [{ entityId: 'wscript', startEventId: 'start', stages: ['runs'] }],
  artefacts: [{ id: 'a.svg', eventId: 'svg', fromId: 'outlook', toId: 'msedge', stage: 'arrives' }],
} as unknown as Parameters<typeof resolveSelection>[2];

describe('selection', () => {
  const chain = finding([
    stage('arrives', 'svg', 'outlook'),
    stage('runs', 'start', 'wscript'),
    stage('steals', null, null),
  ]);

  it('of a hit on a record that is no event means the process of it, as soon as hits are known', () => {
    const hit = testHit({ ref: 'h/1', eventId: null });
    const key = selectHit('h/1');
    expect(parseSelection(key)).toBe(key);
    expect([selectedHit(key), selectedHit('e:1'), selectedHit(null)]).toEqual(['h/1', null, null]);
    expect(resolveSelection(key, chain, lineage, undefined)).toMatchObject({ key, entityId: null });
    expect(resolveSelection(key, chain, lineage, undefined, sigmaMarks([hit], 1))).toMatchObject({
      key,
      eventId: null,
      itemId: '{p1}',
    });
  });

  it('begins at the anchor', () => expect(defaultSelection(chain)).toBe('e:start'));

  it('says an event as stage, process and artefact', () => {
    expect(resolveSelection('e:svg', chain, lineage, undefined)).toEqual({
      key: 'e:svg',
      eventId: 'svg',
      entityId: 'outlook',
      stageId: 'arrives',
      itemId: 'artefact:a.svg',
    });
  });

  it('says a process as its start and its stage', () => {
    expect(resolveSelection('p:wscript', chain, lineage, undefined)).toMatchObject({
      eventId: 'start',
      stageId: 'runs',
      itemId: 'wscript',
    });
  });

  it('keeps what it does not know, instead of changing a shared link', () => {
    expect(resolveSelection('e:unknown', chain, undefined, undefined)).toMatchObject({
      key: 'e:unknown',
      eventId: 'unknown',
      itemId: null,
    });
  });

  it('selects a stage without events by itself', () => {
    expect(chain.stages.map(selectStage)).toEqual(['e:svg', 'e:start', 's:steals']);
    expect(resolveSelection('s:steals', chain, lineage, undefined)).toMatchObject({
      stageId: 'steals',
      eventId: null,
    });
  });

  it('selects an artefact by the event that made it', () => {
    if (lineage === undefined) throw new Error('fixture');
    expect(selectItem('artefact:a.svg', lineage)).toBe('e:svg');
    expect(selectItem('wscript', lineage)).toBe('p:wscript');
  });

  it('reads nothing but selections', () => {
    expect(['e:1', 'p:x', 's:y', 'q:1', 'e:', '', null].map(parseSelection)).toEqual([
      'e:1',
      'p:x',
      's:y',
      null,
      null,
      null,
      null,
    ]);
  });
});

const DECIDED = { value: 'undetermined', reason: '', by: 'somebody', at: '2026-11-20T09:16:31Z' } as const;

describe('the queue a finding came from', () => {
  const order = (ids: string, complete = true) => ({
    rows: [...ids].map((id) => ({ id: id.toLowerCase(), verdict: id < 'a' ? DECIDED : null })),
    complete,
  });
  it('goes on in its order, and from its top after its end', () => {
    expect(nextInQueue(order('abc'), 'b', true)).toBe('c');
    expect(nextInQueue(order('ab'), 'b', true)).toBe('a');
    expect(nextInQueue(order('ab'), 'gone', true)).toBe('a');
  });
  it('ends when nothing else is in it', () => {
    expect(nextInQueue(order('a'), 'a', true)).toBeNull();
    expect(nextInQueue(order(''), 'a', true)).toBeNull();
  });
  it('keeps the place of what was decided meanwhile, and passes it over', () => {
    expect(nextInQueue(order('aBCd'), 'b', true)).toBe('d');
    expect(nextInQueue(order('aB'), 'a', true)).toBeNull();
    expect(nextInQueue(order('aB'), 'a', false)).toBe('b');
  });
  it('is not known before it was read far enough', () => {
    expect(nextInQueue(order('abc', false), 'c', true)).toBeUndefined();
    expect(nextInQueue(order('abc', false), 'further down', true)).toBeUndefined();
    expect(nextInQueue(order('', false), 'a', true)).toBeUndefined();
    expect(nextInQueue(order('abc', false), 'b', true)).toBe('c');
  });
  it('takes the filters the API knows and leaves the rest', () => {
    expect(queueParams('severity=high&view=mine&cursor=x&host=')).toEqual({ severity: 'high' });
    expect(queueParams('severity=nonsense')).toEqual({});
  });
  it('is remembered in the address', () =>
    expect(findingHref('f/1', 'host=a b')).toBe('/findings/f%2F1?queue=host%3Da%20b'));
  it('leads back to its filters, not to the parameters made from them', () => {
    expect(queueHref('view=blind&q=mshta&verdict=none&suppressed=false&blind=true&sort=score')).toBe(
      '/?view=blind&q=mshta',
    );
    expect(queueHref('')).toBe('/');
  });
});
