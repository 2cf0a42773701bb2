import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { draftLayout } from './layoutLineage';
import { placeLineage } from './placeLineage';
import { bushOf } from './topologies';

const { shape } = draftLayout(bushOf(20, 3));
let started = 0;

/** A worker that fails at whatever it is sent. */
class BrokenWorker extends EventTarget {
  constructor() {
    super();
    started++;
  }
  postMessage(): void {
    queueMicrotask(() => this.dispatchEvent(new Event('error')));
  }
  terminate(): void {}
}

beforeEach(() => {
  started = 0;
  vi.resetModules();
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.doUnmock('./placeLineage');
});

it('does itself what a broken worker owes, and never asks for a worker again', async () => {
  vi.stubGlobal('Worker', BrokenWorker);
  const { placeInWorker } = await import('./placeInWorker');
  const placements = await Promise.all([placeInWorker(shape), placeInWorker(shape)]);
  expect(placements).toEqual([placeLineage(shape), placeLineage(shape)]);
  await placeInWorker(shape);
  expect(started).toBe(1);
});

it('tells what placing threw, with a worker and without', async () => {
  vi.doMock('./placeLineage', () => ({
    placeLineage: () => {
      throw new Error('no room');
    },
  }));
  vi.stubGlobal('Worker', BrokenWorker);
  const { placeInWorker } = await import('./placeInWorker');
  await expect(placeInWorker(shape)).rejects.toThrow('no room');
  await expect(placeInWorker(shape)).rejects.toThrow('no room');
});
