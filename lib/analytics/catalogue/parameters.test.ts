import { describe, expect, it } from 'vitest';
import { catalogue, shippedFiles } from '../testStory';

/** ATT&CK's mutable elements, as published (ANALYTICS A). */
const MUTABLE: Readonly<Record<string, readonly string[]>> = {
  AN1314: ['TimeWindow', 'HighRiskParents', 'HighRiskChildren', 'UserPaths', 'EgressAllowList'],
  AN1397: ['CommandLinePattern', 'SuspiciousParentProcesses', 'AllowedHTASources', 'TimeWindow'],
  AN1407: ['TimeWindow', 'ParentProcessWhitelist', 'FileExtensionPattern'],
};

/** Tolerances of clocks and of two records of one act; what an environment would set is a parameter. */
const TOLERANCES = ['0s', '10s', '10m'];

describe.each(Object.entries(MUTABLE))('%s', (id, elements) => {
  const analytic = catalogue.analytics.find((one) => one.id === id);
  const text = shippedFiles().find(({ name }) => name === `${id.toLowerCase()}.yaml`)?.text ?? '';

  it('has every mutable element of ATT&CK as a parameter, by its name', () => {
    const names = analytic?.parameters.map(({ name }) => name.split('.')[0]) ?? [];
    expect(names).toEqual(expect.arrayContaining([...elements]));
  });

  it('says of every parameter what it is about, and uses it', () => {
    for (const { name, about } of analytic?.parameters ?? []) {
      expect(about.length, name).toBeGreaterThan(20);
      expect(text, name).toContain(`\${${name}}`);
    }
  });

  it('has no window of stages that cannot be set', () => {
    const windows = [...text.matchAll(/\b(?:after|before|within): (\d+[a-z]+)/g)].map(([, window]) => window);
    expect(windows.filter((window) => !TOLERANCES.includes(window ?? ''))).toEqual(
      ['60s'].slice(0, id === 'AN1407' ? 1 : 0),
    );
  });

  it('says what it cannot see, what is harmless and looks alike, and where it comes from', () => {
    expect(analytic?.knownGaps.length).toBeGreaterThan(3);
    expect(analytic?.falsePositives.length).toBeGreaterThan(2);
    expect(analytic?.references.map(({ title }) => title).join()).toMatch(new RegExp(`DET\\d+ .*${id}`));
    expect(analytic?.keepPartialFrom).toBe(20);
  });
});
