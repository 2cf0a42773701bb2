import { Writable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { jsonPieces, writeJson } from './writeJson';

const document = {
  imports: [
    { file: 'a\nb', hosts: ['x', 'y'], none: {} },
    { file: 'c', hosts: [] },
  ],
  empty: [],
  absent: undefined,
  sigma: { rules: { loaded: 1 }, hits: [{ at: { file: '\u202e"', index: 1 }, list: [[1], [null]] }], n: 2 },
};

describe('JSON in pieces', () => {
  it('is what JSON.stringify gives', () => {
    for (const value of [document, [], {}, null, 'x', [1, [2]], { a: [{}] }])
      expect([...jsonPieces(value)].join('')).toBe(JSON.stringify(value, null, 2));
  });

  it('is never one long text: each hit stands by itself', () => {
    const hits = Array.from({ length: 1_000 }, (_, n) => ({ n, text: 'x'.repeat(100) }));
    const longest = Math.max(...[...jsonPieces({ sigma: { hits } })].map(({ length }) => length));
    expect(longest).toBeLessThan(200);
  });

  it('is written to the end to one who reads slowly, safe for a terminal', async () => {
    const hits = Array.from({ length: 5_000 }, (_, n) => ({ n, text: '\u202e'.repeat(20) }));
    const texts: string[] = [];
    const slow = new Writable({
      highWaterMark: 1,
      write: (chunk, _encoding, done) => {
        texts.push(String(chunk));
        setImmediate(done);
      },
    });
    await writeJson({ sigma: { hits } }, slow);
    await new Promise((resolve) => slow.end(resolve));
    expect(JSON.parse(texts.join(''))).toEqual({ sigma: { hits } });
    expect(texts.join('')).not.toContain('\u202e');
    expect(texts.length).toBeGreaterThan(2);
  });

  it('ends where nobody reads on', async () => {
    const closed = new Writable({
      highWaterMark: 1,
      write: (_chunk, _encoding, done) => done(new Error('closed')),
    });
    closed.on('error', () => undefined);
    await writeJson({ list: Array(50_000).fill('text') }, closed);
    expect(closed.destroyed).toBe(true);
  });
});
