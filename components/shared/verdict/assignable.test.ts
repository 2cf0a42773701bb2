import { expect, it } from 'vitest';
import { assignable } from './assignable';

const person = (handle: string, name: string, role: 'analyst' | 'manager' | 'lead', active = true) => ({
  handle,
  name,
  role,
  active,
});
const people = [
  person('zoe', 'Zoe Adams', 'analyst'),
  person('anna', 'Anna Vogt', 'lead'),
  person('max', 'Max Boss', 'manager'),
  person('old', 'Otto Left', 'analyst', false),
];
const handles = (typed: string) => assignable(people, 'zoe', typed).map(({ handle }) => handle);

it('offers those who are here and may decide, oneself first', () => {
  expect(handles('')).toEqual(['zoe', 'anna']);
});

it('finds them by name and by handle, whatever the case', () => {
  expect(handles('vogt')).toEqual(['anna']);
  expect(handles(' ZOE ')).toEqual(['zoe']);
  expect(handles('max')).toEqual([]);
});
