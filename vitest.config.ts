import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const resolve = { alias: { '@': root } };
const outside = ['**/node_modules/**', '.next/**', '.sequela/**', 'e2e/**'];

/**
 * Two kinds of test. `unit` touches no disk it did not make and no database; `db` (`*.db.test.ts`) gets a real
 * PostgreSQL, started once per run by `lib/storage/testCluster.ts`.
 */
export default defineConfig({
  resolve,
  test: {
    // Two workers at most: the machine that runs this also runs PostgreSQL and often a browser.
    maxWorkers: 2,
    projects: [
      {
        resolve,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...outside, '**/*.db.test.ts'],
          // Fuzzing loops on a machine that also does other things; no test is about time.
          testTimeout: 60_000,
        },
      },
      {
        resolve,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: outside,
          globalSetup: ['lib/storage/testCluster.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
