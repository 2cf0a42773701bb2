import { describe, expect, it } from 'vitest';
import {
  layerHref,
  leftOutText,
  objectsText,
  pageOf,
  releaseTitle,
  shortHash,
  techniqueId,
} from './attackWords';

describe('a release in words', () => {
  it('is told by what it holds, most telling first', () => {
    expect(objectsText({ analytic: 1739, technique: 1, other: 20_000, tactic: 0 })).toEqual([
      '1 technique',
      '1,739 analytics',
    ]);
    expect(leftOutText({ technique: 3 })).toBeNull();
    expect(leftOutText({ unreadable: 2, duplicate: 1 })).toBe('Left out: 2 unreadable, 1 older or repeated.');
  });

  it('is called by domain and version, else by its file', () => {
    expect(releaseTitle({ name: 'a.json', domain: 'enterprise-attack', version: '19.1' })).toBe(
      'enterprise-attack 19.1',
    );
    expect(releaseTitle({ name: 'a.json', domain: 'enterprise-attack', version: null })).toBe('a.json');
  });

  it('is told apart by the beginning of its hash', () => {
    expect(shortHash('0123456789abcdef'.repeat(4))).toBe('0123456789ab…');
  });
});

describe('a technique', () => {
  it('is taken as it is typed, in any case and with blanks around', () => {
    expect(techniqueId(' t1218.005 ')).toBe('T1218.005');
    for (const typed of ['', 'T12', 'mshta', 'T1218.05', 'T1218.005x', 'TA0002'])
      expect(techniqueId(typed)).toBeNull();
  });

  it('leads to ATT&CK’s own site only, whatever the file says', () => {
    expect(pageOf('https://attack.mitre.org/techniques/T1218')).toBe(
      'https://attack.mitre.org/techniques/T1218',
    );
    for (const url of [null, 'https://attack.mitre.org.example.net/', 'javascript:alert(1)'])
      expect(pageOf(url)).toBeNull();
  });
});

describe('a layer', () => {
  it('is of the days in the address, or the server’s own', () => {
    expect(layerHref('visible', { from: null, to: null })).toBe(
      '/api/v1/coverage/navigator-layer?score=visible',
    );
    expect(layerHref('proven', { from: '2026-11-01', to: '2026-11-30' })).toBe(
      '/api/v1/coverage/navigator-layer?score=proven&from=2026-11-01&to=2026-11-30',
    );
  });
});
