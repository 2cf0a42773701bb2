import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { digest, readFile } from './readFiles';
import type { Recording } from './recording';
import { loadSigmaRules } from './sigmaRules';
import { createSigmaWatch } from './sigmaWatch';
import { at, id, makeSigmaFolder, NO_LISTS } from './testSigmaFolder';

let remove: () => void;
beforeAll(() => {
  remove = makeSigmaFolder();
});
afterAll(() => remove());

describe('rules on a host of the command line', () => {
  const watched = async (judged: boolean) => {
    const given = await loadSigmaRules([at('rules')], { lists: NO_LISTS });
    const watch = createSigmaWatch(given, digest);
    const recording: Recording = { ids: new Set(), events: new Map(), kinds: new Set(), devices: new Map() };
    await readFile(recording, at('attack.json'), { format: 'auto' }, () => undefined, watch.take);
    return watch.byHost((name) => name, judged)('ws1.corp.example');
  };

  it('are switched on where they are tried, and told apart where records cannot decide them', async () => {
    const sigma = await watched(true);
    expect([...sigma.enabled].sort()).toEqual([1, 2, 4].map(id));
    expect([...(sigma.undecidable ?? [])]).toEqual([[id(4), expect.stringMatching(/^[a-z].*[^.]$/)]]);
    expect(sigma.hits.map(({ ruleId, noEvent }) => [ruleId, noEvent])).toEqual([
      [id(1), undefined],
      [id(2), true],
      [id(2), true],
    ]);
    expect(await watched(false)).not.toHaveProperty('undecidable');
  });
});
