import { describe, expect, it } from 'vitest';
import { backtestBody, saveChangeBody, validateBody } from './analytics';
import { revokeBody } from './baselines';

const BAD = ['a\u0000b', '\u0000', 'half \ud83d of a pair', '\udd11'];
const GOOD = 'Täglich 日誌 \u{1f511}\n';

const severity = { critical: 80, high: 60, medium: 40, low: 20 };

/** Every request body with one text in each place that takes text. */
function bodiesWith(text: string): readonly (readonly [string, boolean])[] {
  const change = (value: object) => backtestBody.safeParse({ change: value }).success;
  const baseline = {
    kind: 'baseline',
    title: 'Backup',
    when: 'x: 1',
    points: null,
    reason: 'known',
    owner: 'ops',
    expiresAt: '2030-01-01T00:00:00Z',
  };
  return [
    ['parameter', change({ kind: 'tuning', parameters: { within: text } })],
    ['parameter list', change({ kind: 'tuning', parameters: { within: ['a', text] } })],
    ['parameter name', change({ kind: 'tuning', parameters: { [text]: 1 } })],
    ['reason id', change({ kind: 'tuning', points: { [text]: 1 } })],
    ['definition', change({ kind: 'definition', yaml: text })],
    ['list value', change({ kind: 'environment', severity, lists: { browsers: [text] } })],
    ['list name', change({ kind: 'environment', severity, lists: { [text]: [] } })],
    ...['title', 'when', 'reason', 'owner', 'expiresAt'].map(
      (field) => [field, change({ ...baseline, [field]: text })] as const,
    ),
    [
      'import',
      backtestBody.safeParse({ change: { kind: 'definition', yaml: 'x' }, imports: [text] }).success,
    ],
    ['back-test', saveChangeBody.safeParse({ backtest: text }).success],
    ['note', saveChangeBody.safeParse({ backtest: '1', note: text }).success],
    ['validated definition', validateBody.safeParse({ yaml: text }).success],
    ['reason of a revocation', revokeBody.safeParse({ reason: text }).success],
  ];
}

describe('a change of what is detected', () => {
  it('may hold text of any script', () => {
    expect(bodiesWith(GOOD).filter(([, taken]) => !taken)).toEqual([]);
  });

  it('is refused when it holds text the database cannot store, wherever it stands', () => {
    for (const bad of BAD) expect(bodiesWith(bad).filter(([, taken]) => taken)).toEqual([]);
  });
});
