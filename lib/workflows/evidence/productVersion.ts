import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const described = z.object({ name: z.string(), version: z.string() });
let known: Promise<z.infer<typeof described>> | undefined;

/** Name and version of this product, from its own folder, which the launcher makes the working directory. */
export function productVersion(): Promise<z.infer<typeof described>> {
  known ??= readFile(path.join(process.cwd(), 'package.json'), 'utf8').then((text) =>
    described.parse(JSON.parse(text)),
  );
  return known;
}
