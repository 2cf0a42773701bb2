import fs from 'node:fs';
import path from 'node:path';
import { test } from '@playwright/test';

const DATA = path.resolve(import.meta.dirname, '../../../shared/data');

/** A third party's recording beside the project; skips the journey, and says why, where there is none. */
export function recordingBeside(file: string): Buffer {
  const place = path.join(DATA, file);
  test.skip(!fs.existsSync(place), `no recording ../shared/data/${file} beside the project`);
  return fs.readFileSync(place);
}
