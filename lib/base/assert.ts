/** Stops on a state that the code's own logic rules out; never for bad input (use AppError for that). */
export function assert(condition: unknown, culprit: string): asserts condition {
  if (!condition) throw new Error(`impossible state: ${culprit}`);
}

/** Marks the end of an exhaustive switch: a new variant fails to compile here. */
export function assertNever(value: never, culprit: string): never {
  throw new Error(`impossible variant of ${culprit}: ${String(value)}`);
}
