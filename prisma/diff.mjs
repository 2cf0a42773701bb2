/**
 * Prints the SQL that turns one schema file into another, with no database and no network.
 *
 *   node prisma/diff.mjs                    last migrated schema -> prisma/schema.prisma
 *   node prisma/diff.mjs none new.prisma    from nothing to new.prisma
 *   node prisma/diff.mjs --new NAME         writes prisma/migrations/<utc>_NAME/migration.sql and remembers the schema
 *   node prisma/diff.mjs --check            fails when schema.prisma has changes no migration holds
 *
 * The last migrated schema is kept in prisma/migrations/schema.last.prisma. Hand-written SQL (partitions, triggers,
 * expression indexes) goes into a migration folder of its own, or below the generated SQL of one.
 */
import fs from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as engine from '@prisma/schema-engine-wasm/schema_engine_bg';

const here = import.meta.dirname;
const lastSchema = path.join(here, 'migrations/schema.last.prisma');
const schema = path.join(here, 'schema.prisma');
const emptyMigration = '-- This is an empty migration.';

const [first, second] = process.argv.slice(2);
if (first === '--new') {
  if (!second || !/^[a-z0-9_]+$/.test(second)) {
    console.error('usage: node prisma/diff.mjs --new lower_case_name');
    process.exit(2);
  }
  const sql = await diff(lastSchema, schema);
  if (sql.includes(emptyMigration)) {
    console.error('prisma/schema.prisma has not changed since the last migration.');
    process.exit(1);
  }
  const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14);
  const folder = path.join(here, 'migrations', `${stamp}_${second}`);
  fs.mkdirSync(folder, { recursive: true });
  fs.writeFileSync(path.join(folder, 'migration.sql'), sql);
  fs.copyFileSync(schema, lastSchema);
  console.log(path.relative(process.cwd(), path.join(folder, 'migration.sql')));
} else if (first === '--check') {
  const sql = await diff(lastSchema, schema);
  if (!sql.includes(emptyMigration)) {
    console.error(
      `prisma/schema.prisma has changes that no migration holds (npm run db:diff -- --new NAME):\n${sql}`,
    );
    process.exit(1);
  }
} else {
  process.stdout.write(await diff(first ?? lastSchema, second ?? schema));
}

/** SQL from one schema file to another; a file that does not exist counts as an empty schema. */
async function diff(fromPath, toPath) {
  const from = side(fromPath);
  const to = side(toPath);
  const wasm = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(fs.readFileSync(wasm), {
    './schema_engine_bg.js': engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();
  const planner = await engine.SchemaEngine.new(
    { datamodels: to.files.map((file) => [file.path, file.content]) },
    () => {},
    offlineDatabase(),
  );
  const answer = await planner.diff({
    from,
    to,
    script: true,
    exitCode: null,
    shadowDatabaseUrl: null,
    filters: { externalTables: [], externalEnums: [] },
  });
  return answer.stdout;
}

function side(file) {
  return fs.existsSync(file)
    ? { tag: 'schemaDatamodel', files: [{ path: file, content: fs.readFileSync(file, 'utf8') }] }
    : { tag: 'empty', files: [] };
}

/** The engine asks the database for nothing but its version when both sides are files; this answers that. */
function offlineDatabase() {
  const ok = (value) => ({ ok: true, value });
  const version = {
    columnNames: ['exists', 'version', 'numeric_version'],
    columnTypes: [5, 7, 0],
    rows: [[true, 'PostgreSQL 18.0', 180000]],
  };
  const connection = {
    adapterName: 'offline',
    provider: 'postgres',
    queryRaw: async () => ok(version),
    executeRaw: async () => ok(0),
    executeScript: async () => ok(),
    dispose: async () => ok(),
    getConnectionInfo: () => ok({ schemaName: 'public', supportsRelationJoins: true }),
    startTransaction: async () => {
      throw new Error('the schema diff never opens a transaction');
    },
  };
  return {
    adapterName: 'offline',
    provider: 'postgres',
    connect: async () => ok(connection),
    connectToShadowDb: async () => ok(connection),
  };
}
