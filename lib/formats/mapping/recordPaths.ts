import type { VendorRecord } from '../exportFormat';
import { isObject } from '../jsonSink';
import { at } from '../vendorValues';

/** Of a list that holds objects, this many are looked into. */
const LIST_ITEMS = 3;
const DEPTH_MAX = 8;
const PATHS_MAX = 400;
const PATH_LENGTH_MAX = 300;

/**
 * Paths of a record's values in its own order: objects are entered, a list of plain values is one value, of a
 * list of objects the first few are entered by number. At most 400; what lies deeper than eight levels, or
 * under a name of more than 300 characters, is left out.
 */
export function leafPaths(record: VendorRecord): readonly string[] {
  const paths: string[] = [];
  collect(record, '', 0, paths);
  return paths;
}

function collect(value: VendorRecord, prefix: string, depth: number, paths: string[]): void {
  for (const [name, inner] of Object.entries(value)) {
    if (paths.length >= PATHS_MAX) return;
    const path = prefix === '' ? name : `${prefix}.${name}`;
    if (name === '' || path.length > PATH_LENGTH_MAX) continue;
    if (isObject(inner)) {
      if (depth < DEPTH_MAX) collect(inner, path, depth + 1, paths);
    } else if (Array.isArray(inner) && inner.some(isObject)) {
      if (depth >= DEPTH_MAX) continue;
      for (const [i, item] of inner.slice(0, LIST_ITEMS).entries())
        if (isObject(item)) collect(item, `${path}.${i}`, depth + 1, paths);
    } else if (inner !== null && inner !== undefined && inner !== '') paths.push(path);
  }
}

/** The value under a path, through lists by number; undefined where there is none. Never throws. */
export function leafAt(record: VendorRecord, path: string): unknown {
  const direct = at(record, path);
  if (direct !== undefined || !NUMBERED.test(path)) return direct;
  const names = path.split('.');
  const place = names.findIndex((name, i) => i > 0 && /^\d{1,3}$/.test(name));
  if (place < 0) return undefined;
  const list = at(record, names.slice(0, place).join('.'));
  const item: unknown = Array.isArray(list) ? list[Number(names[place])] : undefined;
  const rest = names.slice(place + 1).join('.');
  if (rest === '') return item;
  return isObject(item) ? leafAt(item, rest) : undefined;
}

const NUMBERED = /\.\d/;
