import { AppError } from '../base/appError';

/** What an upload may unpack to. A bomb is refused; what was read of it before stays. */
export type UnpackLimits = {
  /** Entries of all archives of the upload together. */
  readonly entries: number;
  /** Bytes all members unpack to; an archive within an archive counts with what it holds and with itself. */
  readonly bytes: number;
  /** Unpacked bytes per packed byte, once `ratioFrom` bytes have been unpacked. Logs reach about 50. */
  readonly ratio: number;
  readonly ratioFrom: number;
};

export const UNPACK_LIMITS: UnpackLimits = {
  entries: 10_000,
  bytes: 64 * 1024 ** 3,
  ratio: 500,
  ratioFrom: 256 * 1024 ** 2,
};

/**
 * The limits as the environment sets them: SEQUELA_MAX_ENTRIES, SEQUELA_MAX_UNPACKED_BYTES and
 * SEQUELA_MAX_UNPACK_RATIO; the usual ones where a variable is absent or blank. Throws AppError bad_input that
 * names the variable if its value is no positive whole number.
 */
export function limitsFromEnvironment(env: Readonly<Record<string, string | undefined>>): UnpackLimits {
  return {
    ...UNPACK_LIMITS,
    entries: positive(env, 'SEQUELA_MAX_ENTRIES') ?? UNPACK_LIMITS.entries,
    bytes: positive(env, 'SEQUELA_MAX_UNPACKED_BYTES') ?? UNPACK_LIMITS.bytes,
    ratio: positive(env, 'SEQUELA_MAX_UNPACK_RATIO') ?? UNPACK_LIMITS.ratio,
  };
}

function positive(env: Readonly<Record<string, string | undefined>>, variable: string): number | undefined {
  const text = env[variable]?.trim();
  if (text === undefined || text === '') return undefined;
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || !Number.isSafeInteger(value))
    throw new AppError(
      'bad_input',
      `${variable}=${text.slice(0, 60)} is not a positive whole number; correct it or leave it out`,
      { variable },
    );
  return value;
}
