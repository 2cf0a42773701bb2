import pino from 'pino';

/** One JSON object per line on standard output. */
export const log = pino({ base: { part: 'worker' }, level: process.env.SEQUELA_LOG_LEVEL ?? 'info' });

/**
 * What a log may hold of an error: its name, code and where it happened. Not its message: those quote what
 * they were about, and that is telemetry of people's machines. The message is on the import, for those who
 * may read it.
 */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { error: typeof error };
  const frames = (error.stack ?? '').split('\n').filter((line) => line.trimStart().startsWith('at '));
  return {
    error: error.name,
    code: (error as { code?: unknown }).code,
    at: frames.slice(0, 8).map((line) => line.trim()),
  };
}
