import { describe, expect, it } from 'vitest';
import { storyOf, WORD } from '../../analytics/testStory';
import { toStix } from './stix';
import { observableId, uuid5 } from './stixIds';
import { keepAddress, type StixObject } from './stixMakers';
import { createObservables } from './stixObservables';
import { stixBundleShape } from './testStixShapes';
import { tellStory } from './testTelling';

function ofType(objects: readonly StixObject[], type: string): readonly StixObject[] {
  return objects.filter((object) => object.type === type);
}

/** Every id a value names, wherever it stands. */
function refsIn(value: unknown, key = ''): readonly string[] {
  if (typeof value === 'string') return /_refs?$/.test(key) ? [value] : [];
  if (Array.isArray(value)) return value.flatMap((one) => refsIn(one, key));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => refsIn(inner, name));
}

describe('a finding as a STIX bundle', () => {
  it('has only objects that the specification allows, with and without a verdict', () => {
    for (const verdict of [undefined, 'true_positive', 'benign_true_positive', 'undetermined'] as const) {
      const bundle = toStix(tellStory(verdict));
      const read = stixBundleShape.safeParse(bundle);
      expect(read.error?.issues ?? []).toEqual([]);
      expect(ofType(bundle.objects, 'opinion')).toHaveLength(verdict === undefined ? 0 : 1);
    }
  });

  it('refers to nothing that is not in it, and holds each object once', () => {
    const { objects } = toStix(tellStory('false_positive'));
    const ids = objects.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(refsIn(objects).filter((id) => !ids.includes(id))).toEqual([]);
    const named = Object.keys(
      (ofType(objects, 'grouping')[0]?.extensions ?? {}) as Readonly<Record<string, unknown>>,
    );
    expect(named.every((id) => ids.includes(id))).toBe(true);
  });

  it('is the same bytes for the same finding', () => {
    expect(JSON.stringify(toStix(tellStory()))).toBe(JSON.stringify(toStix(tellStory())));
  });

  it('is a later version of the same objects with each revision, and shares no versioned object with another', () => {
    const story = tellStory();
    const of = (finding: Partial<typeof story.finding>) =>
      toStix({ ...story, finding: { ...story.finding, ...finding } }).objects;
    const [one, three] = [ofType(of({}), 'grouping')[0], ofType(of({ revision: 3 }), 'grouping')[0]];
    expect(three).toMatchObject({ id: one?.id, created: one?.created });
    expect(Date.parse(String(three?.modified)) - Date.parse(String(one?.modified))).toBe(2);
    const ids = (objects: readonly StixObject[]) =>
      objects.flatMap(({ id, created }) => (created === story.finding.createdAt ? [id] : []));
    const other = new Set(ids(of({ id: 'another' })));
    expect(ids(of({})).length).toBeGreaterThan(5);
    expect(ids(of({})).filter((id) => other.has(id))).toEqual([]);
  });

  it('tells one process as one object, with what all of its records say', () => {
    const { objects } = toStix(tellStory());
    const mshta = ofType(objects, 'process').filter((one) => String(one.command_line).includes('Factura'));
    expect(mshta).toHaveLength(1);
    expect(mshta[0]).toMatchObject({
      pid: expect.any(Number),
      parent_ref: expect.stringMatching(/^process--/),
    });
    const image = objects.find(({ id }) => id === mshta[0]?.image_ref);
    expect(image).toMatchObject({ name: 'mshta.exe', hashes: { 'SHA-256': 'a'.repeat(64) } });
  });

  it('ties names to the addresses they stood for', () => {
    const { objects } = toStix(tellStory());
    const targets = ofType(objects, 'relationship').map(
      ({ target_ref: target }) => objects.find(({ id }) => id === target)?.value,
    );
    expect([...targets].sort()).toEqual(['198.51.100.44', '2001:db8::44']);
    expect(ofType(objects, 'domain-name').map(({ value }) => value)).toEqual(['cdn-sync.top']);
  });

  it('says what STIX has no word for in an extension it defines itself', () => {
    const story = tellStory();
    const [grouping] = ofType(toStix(story).objects, 'grouping');
    const [facts] = Object.values(grouping?.extensions as Readonly<Record<string, unknown>>);
    expect(facts).toMatchObject({
      finding_id: story.finding.id,
      stages: story.finding.stages.map(({ id, state }) => ({ id, state })),
    });
  });
});

describe('ids of observables', () => {
  it('are those every other producer gives them', () => {
    // RFC 4122 of the DNS namespace, and the example of the STIX 2.1 specification.
    expect(uuid5('6ba7b810-9dad-11d1-80b4-00c04fd430c8', 'python.org')).toBe(
      '886313e1-3b8a-5372-9b90-0c9aee199e5d',
    );
    expect(observableId('ipv4-addr', { value: '198.51.100.3' })).toBe(
      'ipv4-addr--28bb3599-77cd-5a82-a950-b5bc3caf07c4',
    );
    expect(observableId('domain-name', { value: 'example.com' })).toBe(
      'domain-name--bedb4899-d24b-5401-bc86-8f6b4cc18ec7',
    );
  });

  it('do not hang on the order in which properties are told', () => {
    const hashes = { MD5: 'b'.repeat(32) };
    expect(observableId('file', { name: 'a', hashes })).toBe(observableId('file', { hashes, name: 'a' }));
    // RFC 8785: keys in order of their UTF-16 units, nothing between them.
    expect(observableId('file', { name: 'a', hashes })).toBe(
      `file--${uuid5('00abedb4-aa42-466c-9c01-fed23315a9b7', `{"hashes":{"MD5":"${'b'.repeat(32)}"},"name":"a"}`)}`,
    );
  });

  it('take only addresses for addresses', () => {
    const kept = (ip: string) => keepAddress(ip, ({ type }) => type);
    expect(['1.2.3.4', '::1', 'fe80::1', '2001:db8:0:0:0:0:0:1'].map(kept)).toEqual([
      'ipv4-addr',
      'ipv6-addr',
      'ipv6-addr',
      'ipv6-addr',
    ]);
    expect(
      ['1.2.3', '1.2.3.400', ':', '1:2', '::1::', 'x::1', '1:2:3:4:5:6:7:8:9', ''].map(kept).filter(Boolean),
    ).toEqual([]);
  });
});

describe('an event that says nothing STIX has a word for', () => {
  it('has no observables', () => {
    const { s } = storyOf({ quiet: true });
    s.starts(WORD);
    const { keep } = createObservables(new Map(), '7');
    expect(
      keep({
        eventId: s.events()[0]?.id ?? '',
        time: '2026-03-02T09:00:00.000000Z',
        kind: 'log_clear',
        image: null,
        commandLine: null,
        path: null,
        destination: null,
        query: null,
        entityId: null,
        pid: null,
        user: null,
        record: null,
      }),
    ).toEqual([]);
  });
});
