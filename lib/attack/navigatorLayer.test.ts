import { describe, expect, it } from 'vitest';
import type { LayerAnalytic, LayerStage } from './layerScore';
import { type LayerInput, layerFileName, navigatorLayer } from './navigatorLayer';
import { publishedLayer } from './testPublishedLayer';

const stage = (id: string, more: Partial<LayerStage> = {}): LayerStage => ({
  id,
  time: { visible: 100, partial: 0, blind: 0 },
  hosts: 10,
  partialHosts: 0,
  blindHosts: 0,
  provenHosts: 0,
  provenAt: null,
  ...more,
});

const mshta: LayerAnalytic = {
  analytic: 'AN1397',
  strategy: 'DET0506',
  techniques: ['T1218.005'],
  stages: [
    stage('execution', { provenHosts: 9, provenAt: '2026-11-20T10:00:00.000Z' }),
    stage('network', { time: { visible: 29, partial: 31, blind: 40 }, blindHosts: 4, partialHosts: 1 }),
    stage('child', { time: { visible: 82, partial: 0, blind: 18 }, blindHosts: 2, provenHosts: 5 }),
    stage('extra', { time: { visible: 0, partial: 0, blind: 100 }, blindHosts: 10 }),
  ],
  needs: [
    { stages: ['execution'], min: 1 },
    { stages: ['network', 'child'], min: 1 },
  ],
};

const input = (more: Partial<LayerInput> = {}): LayerInput => ({
  score: 'visible',
  release: { name: 'enterprise-attack.json', version: '19.1' },
  from: '2026-11-01',
  to: '2026-11-22',
  hosts: 10,
  narrowed: [],
  platforms: ['Windows'],
  analytics: [mshta],
  ...more,
});

const only = (more: Partial<LayerInput> = {}) => navigatorLayer(input(more)).techniques[0];

describe('a layer of ATT&CK Navigator', () => {
  it('is as the published format says, with and without mappings, hosts and a release', () => {
    const idle = {
      ...mshta,
      stages: [stage('execution', { time: { visible: 0, partial: 0, blind: 0 }, hosts: 0 })],
    };
    for (const more of [
      {},
      { score: 'proven' as const },
      { release: null },
      { release: { name: 'a', version: 'nineteen' } },
      { analytics: [] },
      { analytics: [idle] },
      { analytics: [mshta, { ...mshta, analytic: 'OWN-1', strategy: null }] },
      { narrowed: [{ name: 'group', value: 'servers' }], platforms: ['Containers'] },
    ])
      expect(publishedLayer.safeParse(navigatorLayer(input(more))).error).toBeUndefined();
  });

  it('is held against rules that refuse what the format does not have', () => {
    const layer = navigatorLayer(input());
    for (const wrong of [
      { ...layer, extra: true },
      { ...layer, domain: 'mitre-enterprise' },
      { ...layer, versions: { ...layer.versions, navigator: '4.8.2' } },
      { ...layer, techniques: [{ score: 1 }] },
      { ...layer, gradient: { ...layer.gradient, colors: ['#ffffff'] } },
    ])
      expect(publishedLayer.safeParse(wrong).success).toBe(false);
  });

  it('scores a technique by the weakest of what its chain cannot do without', () => {
    expect(only()?.score).toBe(82);
    expect(
      only({ analytics: [{ ...mshta, needs: [{ stages: ['network', 'child'], min: 2 }] }] })?.score,
    ).toBe(29);
    expect(only({ analytics: [{ ...mshta, needs: [{ stages: ['execution'], min: 1 }] }] })?.score).toBe(100);
  });

  it('never rounds up: all but a second of blindness is not all', () => {
    const nearly = stage('execution', { time: { visible: 9_999_999, partial: 0, blind: 1 } });
    const analytic = { ...mshta, stages: [nearly], needs: [{ stages: ['execution'], min: 1 }] };
    expect(only({ analytics: [analytic] })?.score).toBe(99);
    expect(only({ analytics: [analytic] })?.metadata[0]).toMatchObject({
      value: expect.stringContaining('visible 99.9 %'),
    });
  });

  it('scores by proven hosts when asked to', () => {
    expect(only({ score: 'proven' })?.score).toBe(50);
  });

  it('has no score where no host counts', () => {
    const none = {
      ...mshta,
      stages: [stage('execution', { time: { visible: 0, partial: 0, blind: 0 }, hosts: 0 })],
    };
    expect(only({ analytics: [none] })).not.toHaveProperty('score');
  });

  it('has no score where nothing is known of a stage the chain needs, and says of which', () => {
    const needs = [...mshta.needs, { stages: ['download', 'extra'], min: 2 }];
    for (const score of ['visible', 'proven'] as const) {
      const technique = only({ score, analytics: [{ ...mshta, needs }] });
      expect(technique).not.toHaveProperty('score');
      expect(technique?.comment).toMatch(/not scored: no host time tells of download or extra$/);
    }
    expect(only()?.comment).not.toContain('not scored');
  });

  it('takes the better of two analytics of one technique and tells both', () => {
    const other: LayerAnalytic = {
      ...mshta,
      analytic: 'OWN-1',
      strategy: null,
      stages: [stage('execution')],
      needs: [{ stages: ['execution'], min: 1 }],
    };
    const technique = only({ analytics: [mshta, other] });
    expect(technique?.score).toBe(100);
    expect(technique?.comment).toMatch(/^AN1397 via DET0506: .*; OWN-1$/);
    expect(technique?.metadata).toContainEqual({ divider: true });
  });

  it('says through which analytic and strategy, and on how many hosts what is missing', () => {
    expect(only()?.comment).toBe(
      'AN1397 via DET0506: network blind on 4 hosts, network partial on 1 host, child blind on 2 hosts, extra blind on 10 hosts',
    );
    expect(only()?.metadata[0]).toEqual({
      name: 'AN1397 execution',
      value: 'visible 100.0 %, partial 0.0 %, blind 0.0 %; proven 2026-11-20, on 9 of 10 hosts',
    });
  });

  it('names no tactic, so that it fits every release', () => {
    expect(only()).not.toHaveProperty('tactic');
  });

  it('says period and hosts, and is of the release’s version', () => {
    const layer = navigatorLayer(input());
    expect(layer.versions).toEqual({ attack: '19.1', navigator: '5.3.2', layer: '4.5' });
    expect(layer.metadata).toContainEqual({ name: 'period', value: '2026-11-01/2026-11-22' });
    expect(layer.description).toContain('10 hosts, 2026-11-01 to 2026-11-22');
    expect(layerFileName(input())).toBe('sequela-attack-visible-2026-11-01-2026-11-22.json');
  });

  it('is empty while nobody maps anything, and says why', () => {
    const unmapped = [{ ...mshta, techniques: [] }];
    const alone = navigatorLayer(input({ analytics: unmapped, release: null }));
    expect(alone.techniques).toEqual([]);
    expect(alone.description).toMatch(/no release of ATT&CK was brought and nobody mapped/);
    expect(alone.versions.attack).toBe('19');
    expect(navigatorLayer(input({ analytics: unmapped })).description).toMatch(/maps none of the analytics/);
  });
});
