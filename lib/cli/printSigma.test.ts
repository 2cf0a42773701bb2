import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ansiPaint, plainPaint } from './printAnalysis';
import { isWorthALook, printSigma } from './printSigma';
import { ESCAPE } from './testRecordings';
import { id, makeSigmaFolder, sigmaOf } from './testSigmaFolder';

let remove: () => void;
beforeAll(() => {
  remove = makeSigmaFolder();
});
afterAll(() => remove());

describe('what rules found', () => {
  it('is printed without letting records or rules steer the terminal', async () => {
    const sigma = await sigmaOf(['attack.json'], 'rules');
    const text = printSigma(sigma, plainPaint);
    for (const unsafe of ['\u001b', '\u202e']) expect(text).not.toContain(unsafe);
    expect(text).toContain('Sigma: 5 rules, 4 run, 1 about other products, 1 refused');
    expect(text).toContain(`by ann; ${id(1)}; licence not stated`);
    expect(text).toContain('selection: CommandLine|contains https://');
    expect(text).toContain('CRITICAL  Opened again and again  event_count over 2 hits');
    expect(printSigma(sigma, ansiPaint)).not.toContain(`${ESCAPE}\n`);
    expect(printSigma({ ...sigma, hits: [], counts: [], hitsTotal: 0 }, plainPaint)).toContain('No hits.');
  });

  it('is worth a look from medium on', async () => {
    expect(isWorthALook(undefined)).toBe(false);
    expect(isWorthALook(await sigmaOf(['quiet.json'], 'low'))).toBe(false);
    expect(isWorthALook(await sigmaOf(['again.json'], 'rules.zip'))).toBe(true);
  });
});
