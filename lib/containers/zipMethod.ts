import type { Entry } from 'yauzl';

const AES = 99;
const AES_FIELD = 0x9901;

/** How an entry is packed and locked. */
export type EntryMethod = {
  /** The ZIP method beneath any encryption. */
  readonly method: number;
  /** CRC-32 of the unpacked bytes; null where AES's own code takes its place. */
  readonly checksum: number | null;
  /** Strength of AES (1 to 3 for 128 to 256 bits); absent for none and for the old ZipCrypto. */
  readonly aesStrength?: number;
};

/** Reads an entry's method, also from WinZip's AES field (its specification, version 1.04). */
export function methodOf(entry: Entry): EntryMethod {
  const aes = entry.extraFields.find((field) => field.id === AES_FIELD && field.data.length >= 7)?.data;
  if (entry.compressionMethod !== AES || aes === undefined)
    return { method: entry.compressionMethod, checksum: entry.crc32 };
  return {
    method: aes.readUInt16LE(5),
    // Version 2 leaves the checksum out: it would tell something of the content.
    checksum: aes.readUInt16LE(0) === 1 ? entry.crc32 : null,
    aesStrength: aes.readUInt8(4),
  };
}
