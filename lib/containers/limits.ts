/** What an upload may unpack to. A bomb is refused; what was read of it before stays. */
export type UnpackLimits = {
  /** Entries of an archive. */
  readonly entries: number;
  /** Bytes all members unpack to. */
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
