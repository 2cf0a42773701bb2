import { describe, expect, it } from 'vitest';
import {
  environmentChanges,
  environmentInForce,
  listsFound,
  scaleProblem,
  withList,
} from './environmentDraft';

const SCALE = { critical: 85, high: 65, medium: 40, low: 20 };
const BROWSER = { name: 'browser', about: 'Browsers', values: ['a.exe'], shipped: ['a.exe'], usedBy: [] };
const MAIL = { name: 'mail', about: 'Mail', values: ['x', 'y'], shipped: ['x'], usedBy: [] };
const VIEW = { revision: 2, severity: SCALE, shippedSeverity: SCALE, lists: [BROWSER, MAIL] };

describe('the environment', () => {
  it('writes down only lists that differ from what is shipped', () => {
    const inForce = environmentInForce(VIEW);
    expect(inForce.lists).toEqual({ mail: ['x', 'y'] });
    expect(withList(inForce, MAIL, ['x']).lists).toEqual({});
  });

  it('names what a draft changes', () => {
    const inForce = environmentInForce(VIEW);
    expect(environmentChanges(VIEW, inForce)).toEqual([]);
    const draft = withList({ ...inForce, severity: { ...SCALE, high: 70 } }, BROWSER, ['a.exe', 'b.exe']);
    expect(environmentChanges(VIEW, draft)).toEqual(['high from 70', '%browser%']);
  });

  it('refuses a scale that does not fall', () => {
    expect(scaleProblem(SCALE)).toBeNull();
    expect(scaleProblem({ ...SCALE, high: 90 })).toBe('High must begin below critical.');
    expect(scaleProblem({ ...SCALE, low: 0 })).toMatch(/low/);
  });

  it('finds lists by name, by what they are about and by value', () => {
    expect(listsFound(VIEW.lists, '%brow%')).toEqual([BROWSER]);
    expect(listsFound(VIEW.lists, 'Y')).toEqual([MAIL]);
    expect(listsFound(VIEW.lists, ' ')).toHaveLength(2);
  });
});
