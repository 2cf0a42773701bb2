import { afterEach, beforeEach, expect, it } from 'vitest';
import { setEnvironment } from '../base/testEnvironment';
import { closeStorage, pool, withConnection } from './client';
import { type Column, copyRows, readRows, type Value } from './copyBinary';
import { createTestDatabase, type TestDatabase } from './testDatabase';

let database: TestDatabase;
let restore: () => void;

beforeEach(async () => {
  database = await createTestDatabase();
  restore = setEnvironment({ DATABASE_URL: database.url });
});
afterEach(async () => {
  await closeStorage();
  restore();
  await database.drop();
});

const COLUMNS: readonly Column[] = [
  { name: 'a', type: 'int2' },
  { name: 'b', type: 'int4' },
  { name: 'c', type: 'int8' },
  { name: 'd', type: 'bool' },
  { name: 'e', type: 'uuid' },
  { name: 'f', type: 'text' },
  { name: 'g', type: 'bytea' },
];

it('gives back every value that it sent, across many writes, and drops what text cannot hold', async () => {
  await pool().query('CREATE TABLE everything (a int2, b int4, c int8, d bool, e uuid, f text, g bytea)');
  const rows: Value[][] = [
    [
      -32_768,
      -2_147_483_648,
      -9_007_199_254_740_991,
      false,
      '00000000-0000-8000-8000-000000000000',
      '',
      Buffer.alloc(0),
    ],
    [
      32_767,
      2_147_483_647,
      9_007_199_254_740_991,
      true,
      'ffffffff-ffff-8fff-bfff-ffffffffffff',
      'ünï 漢 \u{1F600}',
      Buffer.from([0, 255]),
    ],
    [null, null, -1, null, null, null, null],
    ...Array.from(
      { length: 3000 },
      (_, i) => [1, i, i * 1_000_000, true, null, 'x'.repeat(i % 900), null] as Value[],
    ),
  ];
  const got: Value[][] = [];
  await withConnection(async (connection) => {
    await copyRows(connection, 'everything', COLUMNS, rows);
    await readRows(
      connection,
      'SELECT * FROM everything ORDER BY c',
      COLUMNS.map((column) => column.type),
      (values) => {
        got.push(values.map((value) => (value instanceof Uint8Array ? Buffer.from(value) : value)));
      },
    );
    await copyRows(connection, 'everything', COLUMNS, [[null, 77, null, null, null, 'a\0b', null]]);
  });
  expect(got).toEqual([...rows].sort((a, b) => Number(a[2]) - Number(b[2])));
  expect((await pool().query('SELECT f FROM everything WHERE b = 77')).rows).toContainEqual({ f: 'ab' });
});

it('says what PostgreSQL refused', async () => {
  await pool().query('CREATE TABLE strict (b int4 PRIMARY KEY)');
  const twice = withConnection((connection) =>
    copyRows(connection, 'strict', [{ name: 'b', type: 'int4' }], [[1], [1]]),
  );
  await expect(twice).rejects.toMatchObject({ code: '23505' });
});
