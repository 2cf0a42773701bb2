import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embeddedPostgres';
import { migrate } from './migrate';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Connection string of the run's PostgreSQL; its database `sequela` is the migrated template. */
    templateUrl: string;
  }
}

let cluster: EmbeddedPostgres | undefined;
let folder: string | undefined;

/** Vitest runs this once before all `*.db.test.ts`: one throwaway PostgreSQL whose own database is fully migrated. */
export async function setup(project: TestProject): Promise<void> {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'sequela-test-'));
  // PostgreSQL run for root works as another user, who has to get in.
  fs.chmodSync(folder, 0o711);
  cluster = await startEmbeddedPostgres(folder, { throwaway: true });
  await migrate(cluster.url);
  project.provide('templateUrl', cluster.url);
}

/** The counterpart of `setup`: nothing of the run stays behind. */
export async function teardown(): Promise<void> {
  await cluster?.stop();
  if (cluster?.place.movedBecause) fs.rmSync(cluster.place.folder, { recursive: true, force: true });
  if (folder) fs.rmSync(folder, { recursive: true, force: true });
}
