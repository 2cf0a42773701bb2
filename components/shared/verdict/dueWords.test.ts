import { expect, it } from 'vitest';
import { dueWords } from './dueWords';

const NOW = Date.parse('2026-11-20T12:00:00Z');
const due = (minutes: number) => new Date(NOW + minutes * 60_000).toISOString();

it('says how much time is left, and marks the last hour', () => {
  expect(dueWords(due(180), 'running', NOW)).toEqual({ state: 'running', text: 'in 3 h' });
  expect(dueWords(due(42), 'running', NOW)).toEqual({ state: 'soon', text: 'in 42 min' });
});

it('says by how much it is over, whatever the server said minutes ago', () => {
  expect(dueWords(due(-125), 'soon', NOW)).toEqual({ state: 'breached', text: '2 h over' });
  expect(dueWords(due(0), 'running', NOW)).toEqual({ state: 'breached', text: 'due now' });
});

it('says of what is decided whether it was in time', () => {
  expect(dueWords(due(-125), 'met', NOW)?.text).toBe('in time');
  expect(dueWords(due(-125), 'missed', NOW)?.text).toBe('late');
});

it('says nothing without a clock, or of a time that is none', () => {
  expect(dueWords(null, null, NOW)).toBeNull();
  expect(dueWords('yesterday', 'running', NOW)).toBeNull();
});
