import { describe, expect, it } from 'vitest';
import { blankDefinition, cloneText, freeId, idOf, idProblem } from './cloneText';

describe('a clone', () => {
  it('has its own id and title, and every other line of the original', () => {
    const text =
      '# AN1: what it is\n# more\nid: AN1\ntitle: >-\n  two\n  lines\nversion: "1.0"\nstages:\n  - id: a\n';
    expect(cloneText(text, 'AN1_own', 'Ours: "new"')).toBe(
      'id: AN1_own\ntitle: "Ours: \\"new\\""\nversion: "1.0"\nstages:\n  - id: a\n',
    );
    expect(cloneText('version: "1"\n', 'X', 'Y')).toBe('title: "Y"\nid: X\nversion: "1"\n');
  });

  it('takes an id that is free', () => {
    expect(freeId('AN1', ['AN1'])).toBe('AN1_own');
    expect(freeId('AN1', ['AN1', 'AN1_own'])).toBe('AN1_own2');
    expect(freeId('AN1_own', ['AN1', 'AN1_own'])).toBe('AN1_own2');
    expect(idProblem('an1', ['AN1'])).toMatch(/already/);
    expect(idProblem('1x', [])).toMatch(/letter first/);
    expect(idProblem('environment', [])).toMatch(/another meaning/);
    expect(idProblem('AN1_own', ['AN1'])).toBeNull();
  });

  it('is found by the id it gives itself', () => {
    expect(idOf("# x\nid: 'AN2' # y\nstages:\n  - id: a\n")).toBe('AN2');
    expect(idOf('stages:\n  - id: a\n')).toBeNull();
    expect(idOf(blankDefinition())).toBe('my_analytic');
  });
});
