import { expect, it } from 'vitest';
import { DEFAULT_COLUMNS, shownColumns, withColumn } from './queueColumns';

it('stand in one order, however they were chosen', () => {
  expect(shownColumns(['assignee', 'user', 'stages'])).toEqual(['stages', 'user', 'assignee']);
  expect(shownColumns(null)).toEqual(DEFAULT_COLUMNS);
});

it('are kept in the address only while they are not the usual ones', () => {
  const more = withColumn(null, 'case');
  expect(more).toEqual(['stages', 'host', 'score', 'age', 'case', 'assignee']);
  expect(withColumn(more, 'case')).toBeNull();
});

it('may all be hidden: the finding stays', () => {
  expect(withColumn(['score'], 'score')).toEqual([]);
});
