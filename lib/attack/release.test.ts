import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createBundleHead } from './bundleHead';
import { createRelease, type Release } from './release';
import { releaseMappings } from './releaseMappings';
import {
  analytic,
  bundleOf,
  collection,
  detects,
  releaseObjects,
  stix,
  strategy,
  technique,
} from './testBundle';

const digest = (text: string): string => `${text.length}:${text}`;

function read(objects: readonly Readonly<Record<string, unknown>>[]): Release {
  const reader = createRelease(digest);
  for (const object of objects) reader.add(object);
  return reader.end();
}

const mapped = (objects: readonly Readonly<Record<string, unknown>>[], ids = ['AN1397']) =>
  releaseMappings(ids, read(objects).objects).map(({ analytic: a, technique: t }) => `${a} ${t}`);

describe('a release', () => {
  it('says its domain and version, and what it holds by type', () => {
    const { domain, version, specVersion, counts } = read(releaseObjects('19.1'));
    expect({ domain, version, specVersion }).toEqual({
      domain: 'enterprise-attack',
      version: '19.1',
      specVersion: '3.3.0',
    });
    expect(counts).toEqual({
      analytic: 3,
      data_component: 1,
      detects: 3,
      other: 2,
      strategy: 3,
      tactic: 1,
      technique: 4,
    });
  });

  it('keeps ids, pages, platforms and log sources of what names things', () => {
    const { objects } = read(releaseObjects());
    expect(objects.find(({ attackId }) => attackId === 'AN1397')).toMatchObject({
      type: 'analytic',
      stixId: stix('x-mitre-analytic', 1),
      version: '1.0',
      url: 'https://attack.mitre.org/detectionstrategies/DET0001#AN1397',
      platforms: ['Windows'],
      revoked: false,
      refs: {
        logSources: [
          {
            component: stix('x-mitre-data-component', 1),
            name: 'WinEventLog:Sysmon',
            channel: 'EventCode=1',
          },
        ],
      },
    });
  });

  it('hashes an object by what it says, whatever the order of its members', () => {
    const one = technique(1, 'T1218.005');
    const other = Object.fromEntries(Object.entries(one).reverse());
    expect(read([one]).objects[0]?.sha256).toBe(read([other]).objects[0]?.sha256);
    expect(read([{ ...one, name: 'Other' }]).objects[0]?.sha256).not.toBe(read([one]).objects[0]?.sha256);
  });

  it('keeps the version of an object that was changed last and counts the other', () => {
    const old = technique(1, 'T1218.005', { name: 'Old', modified: '2024-01-01T00:00:00.000Z' });
    const now = technique(1, 'T1218.005', { name: 'Now' });
    for (const objects of [
      [old, now],
      [now, old],
    ]) {
      const { counts, objects: kept } = read(objects);
      expect(kept.map(({ name }) => name)).toEqual(['Now']);
      expect(counts).toMatchObject({ technique: 1, duplicate: 1 });
    }
  });

  it('is refused when nothing in it is a technique', () => {
    expect(() => read([])).toThrow(/no technique of ATT&CK/);
    expect(() => read([{ type: 'malware' }, collection('19.1')])).toThrow(/no technique/);
    expect(() => read([technique(1, 'CAPEC-1')])).toThrow(/no technique/);
  });

  it('counts what has no id, no name, or the id of another type, and keeps none of it', () => {
    const { counts, objects } = read([
      technique(1, 'T1218.005'),
      technique(2, 'T1027', { id: 7 }),
      technique(3, 'T1028', { name: { $gt: '' } }),
      technique(4, 'T1029', { id: stix('malware', 4) }),
    ]);
    expect(objects).toHaveLength(1);
    expect(counts.unreadable).toBe(3);
  });

  it('takes no value for what it is not', () => {
    const { objects } = read([
      technique(1, 'T1218.005', {
        x_mitre_version: 19,
        modified: [],
        revoked: 'true',
        x_mitre_deprecated: 1,
        x_mitre_platforms: 'Windows',
        x_mitre_domains: [null, 3, 'enterprise-attack'],
        name: 'x'.repeat(100_000),
      }),
      technique(2, 'T1204', {
        external_references: [
          null,
          { source_name: 'capec', external_id: 'T9999' },
          { source_name: 'mitre-attack', external_id: 'T1204', url: 'javascript:alert(1)' },
        ],
      }),
    ]);
    expect(objects[0]).toMatchObject({
      version: null,
      modified: null,
      revoked: false,
      deprecated: false,
      platforms: [],
      domains: ['enterprise-attack'],
    });
    expect(objects[0]?.name).toHaveLength(500);
    expect(objects[1]).toMatchObject({ attackId: 'T1204', url: null });
  });

  it('never fails on an object of any shape', () => {
    const anything = fc.dictionary(
      fc.constantFrom(
        'type',
        'id',
        'name',
        'external_references',
        'x_mitre_analytic_refs',
        'x_mitre_log_source_references',
        'source_ref',
        'target_ref',
        'relationship_type',
        '__proto__',
      ),
      fc.oneof(
        fc.constantFrom('attack-pattern', 'x-mitre-analytic', 'relationship', 'detects', 'constructor'),
        fc.anything({ maxDepth: 2, withBigInt: false, withDate: false, withMap: false, withSet: false }),
      ),
    );
    fc.assert(
      fc.property(fc.array(anything), (objects) => {
        const reader = createRelease(() => '');
        reader.add(technique(1, 'T1218.005'));
        for (const object of objects) reader.add(object);
        expect(reader.end().objects.length).toBeGreaterThan(0);
      }),
    );
  });
});

describe('what a release says of an analytic', () => {
  it('is the technique that a strategy naming it detects, by which objects', () => {
    expect(releaseMappings(['AN1397', 'AN1407'], read(releaseObjects()).objects)).toEqual([
      { analytic: 'AN1397', technique: 'T1218.005', reason: 'DET0506 detects T1218.005' },
      { analytic: 'AN1407', technique: 'T1027.017', reason: 'DET0510 detects T1027.017' },
    ]);
  });

  it('is nothing while no strategy names it, or none detects anything', () => {
    expect(mapped([technique(1, 'T1218.005'), analytic(1, 'AN1397')])).toEqual([]);
    expect(mapped([technique(1, 'T1218.005'), analytic(1, 'AN1397'), strategy(1, 'DET1234', [1])])).toEqual(
      [],
    );
    expect(mapped(releaseObjects(), ['AN0001', 'ours'])).toEqual([]);
  });

  it('takes nothing from what is revoked or deprecated', () => {
    const chain = (parts: { t?: object; a?: object; s?: object; d?: object }) =>
      mapped([
        technique(9, 'T1000'),
        technique(1, 'T1218.005', { ...parts.t }),
        analytic(1, 'AN1397', { ...parts.a }),
        strategy(1, 'DET0506', [1], { ...parts.s }),
        detects(1, 1, 1, { ...parts.d }),
      ]);
    expect(chain({})).toEqual(['AN1397 T1218.005']);
    const gone = { revoked: true };
    const old = { x_mitre_deprecated: true };
    for (const parts of [{ t: gone }, { t: old }, { a: gone }, { s: old }, { d: gone }, { d: old }])
      expect(chain(parts)).toEqual([]);
  });

  it('is said once, whatever stands twice', () => {
    expect(mapped([...releaseObjects(), detects(8, 1, 1), detects(9, 1, 1)])).toEqual(['AN1397 T1218.005']);
  });
});

describe('the beginning of a bundle', () => {
  const rest = (text: string, size = 7): string | undefined => {
    const head = createBundleHead();
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += size) {
      const found = head.push(bytes.subarray(at, at + size));
      if (found !== undefined) return new TextDecoder().decode(found) + text.slice(at + size);
    }
    return undefined;
  };

  it('ends where its objects begin, wherever the bytes are cut', () => {
    const text = `\ufeff{ "type": "bundle", "x": {"objects": [1, "]"], "a\\"b": "\\\\"},\n "objects" : [{"a":1}]}`;
    for (let size = 1; size < 20; size++) expect(rest(text.slice(1), size)).toMatch(/^\[\{"a":1\}\]\}$/);
  });

  it('may say its type after them, or not at all', () => {
    expect(rest('{"objects":[],"type":"bundle"}')).toBe('[],"type":"bundle"}');
  });

  it('is refused as soon as it cannot be one', () => {
    for (const text of [
      '[{"type":"bundle"}]',
      'PK\u0003\u0004',
      '<html>',
      '{"type":"report","objects":[]}',
      '{"type":"bundle"}',
      `{"a":"${'x'.repeat(70_000)}","objects":[]}`,
    ])
      expect(() => rest(text, 4096), text.slice(0, 20)).toThrow(/not a STIX bundle/);
  });

  it('is found in what bundleOf writes, indented or not', () => {
    for (const indent of [undefined, 2])
      expect(rest(new TextDecoder().decode(bundleOf(releaseObjects(), indent)))).toMatch(/^\[/);
  });
});
