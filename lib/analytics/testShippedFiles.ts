import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { CatalogueFile } from './catalogue';

const SHIPPED = path.join(import.meta.dirname, 'catalogue');

/** The shipped definitions and lists as text, for tests that need no matcher. */
export function shippedFiles(): readonly CatalogueFile[] {
  return readdirSync(SHIPPED)
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => ({ name, text: readFileSync(path.join(SHIPPED, name), 'utf8') }));
}
