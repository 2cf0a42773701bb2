import { parseCondition } from '../../sigma/condition';
import type { Lists } from '../lists';
import { compileTest, type TestValue } from '../predicate/fieldTest';
import type { Detection } from '../predicate/predicate';
import type { Complaint } from './definitionSource';

/** What a detection that does not compile has wrong, test by test, each at its own place below `path`. */
export function detectionComplaints(
  detection: Detection,
  lists: Lists,
  path: readonly PropertyKey[],
): readonly Complaint[] {
  if (Array.isArray(detection) || typeof detection.condition !== 'string')
    return partComplaints(detection, lists, path);
  const { condition, ...parts } = detection as { condition: string } & Record<string, unknown>;
  return [
    ...Object.entries(parts).flatMap(([name, part]) => partComplaints(part, lists, [...path, name])),
    ...complaintOf([...path, 'condition'], () => void parseCondition(condition, Object.keys(parts))),
  ];
}

function partComplaints(part: unknown, lists: Lists, path: readonly PropertyKey[]): readonly Complaint[] {
  if (Array.isArray(part)) return part.flatMap((item, i) => partComplaints(item, lists, [...path, i]));
  return Object.entries(part as Record<string, TestValue | readonly TestValue[]>).flatMap(([key, value]) =>
    complaintOf([...path, key], () => void compileTest(key, value, lists)),
  );
}

function complaintOf(path: readonly PropertyKey[], compile: () => void): readonly Complaint[] {
  try {
    compile();
    return [];
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return [{ path, message, atKey: / is not a (field|modifier) /.test(message) }];
  }
}
