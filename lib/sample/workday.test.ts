import { describe, expect, it } from 'vitest';
import { fleet } from './workday';

const OPTIONS = { seed: 'bench', firstDate: '2026-03-02', activity: 0.1 } as const;

describe('fleet', () => {
  it('makes the same days from the same seed, and others from another', () => {
    const lines = (seed: string) =>
      [...fleet({ ...OPTIONS, seed, hosts: 2, days: 2 })].flatMap((day) => day.lines);
    expect(lines('a')).toEqual(lines('a'));
    expect(lines('a')).not.toEqual(lines('b'));
  });

  it('makes days as they are asked for, however large the fleet', () => {
    const first = fleet({ ...OPTIONS, hosts: 1_000_000, days: 365 }).next();
    expect(first.value?.host).toBe('fin-ws100.corp.example');
  });

  it('plants chains of every analytic and look-alikes on every day', () => {
    const days = [...fleet({ ...OPTIONS, hosts: 8, days: 3, chainEvery: 2 })];
    const analytics = new Set(days.flatMap((day) => day.truth.chains.map((chain) => chain.analytic)));
    expect([...analytics].sort()).toEqual(['AN1314', 'AN1397', 'AN1407']);
    expect(days.every((day) => day.truth.decoys.length === 2)).toBe(true);
    expect(new Set(days.map((day) => `${day.host} ${day.date}`)).size).toBe(24);
  });

  it('never gives two records of a host the same line', () => {
    const lines = [...fleet({ ...OPTIONS, hosts: 3, days: 2 })].flatMap((day) => day.lines);
    expect(new Set(lines).size).toBe(lines.length);
  });
});
