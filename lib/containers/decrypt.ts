import { open } from 'node:fs/promises';
import {
  type Entry as CryptedEntry,
  ERR_INVALID_AUTHENTICATION_CODE,
  ERR_INVALID_PASSWORD,
  Reader,
  ZipReader,
} from '@zip.js/zip.js';
import type { Entry } from 'yauzl';
import { messageOf } from './member';
import { methodOf } from './zipMethod';

/** An encrypted entry: its file, where its packed bytes begin there, and its record in the directory. */
export type EncryptedEntry = { readonly path: string; readonly start: number; readonly entry: Entry };

/** Why an entry cannot be decrypted, for a person. */
export type Undecrypted = { readonly wrongPassword: boolean; readonly problem: string };

const BYTES_MAX = 0xffff_ffff;

/**
 * The packed bytes of an entry, decrypted (ZipCrypto, AES) but not unpacked, as a stream of bounded memory that
 * rejects where the data is damaged. zip.js does the decryption: it is shown an archive that holds this entry
 * alone, as a stored one, so that unpacking stays ours, with its budget and its partial results.
 */
export async function decryptEntry(
  encrypted: EncryptedEntry,
  password: string,
): Promise<AsyncGenerator<Uint8Array, void, undefined> | Undecrypted> {
  if (encrypted.entry.compressedSize >= BYTES_MAX)
    return refuse('encrypted and larger than 4 GiB, which is not read: unpack it with its password first');
  const abandon = new AbortController();
  let failed: Promise<never>;
  let reader: ReadableStreamDefaultReader<Uint8Array>;
  let first: ReadableStreamReadResult<Uint8Array>;
  try {
    const entry = await onlyEntry(encrypted);
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    reader = readable.getReader();
    failed = rejection(
      entry.getData(writable, {
        password,
        useWebWorkers: false,
        checkCrc32: false,
        checkAuthenticationCode: true,
        signal: abandon.signal,
      }),
    );
    first = await Promise.race([reader.read(), failed]);
  } catch (error) {
    if (messageOf(error) === ERR_INVALID_PASSWORD)
      return { wrongPassword: true, problem: 'the password given does not open it' };
    return refuse(`encrypted in a way that is not read, or damaged (${messageOf(error)})`);
  }
  async function* bytes(): AsyncGenerator<Uint8Array, void, undefined> {
    try {
      for (let next = first; !next.done; next = await Promise.race([reader.read(), failed])) yield next.value;
    } catch (error) {
      throw messageOf(error) === ERR_INVALID_AUTHENTICATION_CODE
        ? new Error('its authentication code does not match: the archive is damaged')
        : error;
    } finally {
      abandon.abort();
    }
  }
  return bytes();
}

function refuse(problem: string): Undecrypted {
  return { wrongPassword: false, problem };
}

/** A promise that only ever rejects, as the given one does. */
function rejection(of: Promise<unknown>): Promise<never> {
  const rejecting = new Promise<never>((_, reject) => {
    of.catch(reject);
  });
  // Met by whoever reads on; nobody does once the entry is left.
  rejecting.catch(() => undefined);
  return rejecting;
}

type Readable = Extract<CryptedEntry, { readonly directory: false }>;

async function onlyEntry(encrypted: EncryptedEntry): Promise<Readable> {
  const zip = new ZipReader(new LoneEntry(encrypted), { useWebWorkers: false, checkLocalDirectory: false });
  const [entry] = await zip.getEntries();
  if (entry === undefined || entry.directory) throw new Error('no such entry');
  return entry;
}

/** An archive of one entry: made-up headers around its bytes in the file. */
class LoneEntry extends Reader<EncryptedEntry> {
  readonly #encrypted: EncryptedEntry;
  readonly #before: Buffer;
  readonly #after: Buffer;

  constructor(encrypted: EncryptedEntry) {
    super(encrypted);
    this.#encrypted = encrypted;
    const { before, after } = headersOf(encrypted.entry);
    this.#before = before;
    this.#after = after;
    this.size = before.length + encrypted.entry.compressedSize + after.length;
  }

  override async readUint8Array(index: number, length: number): Promise<Uint8Array> {
    const bodyEnd = this.#before.length + this.#encrypted.entry.compressedSize;
    const end = Math.min(index + length, this.size);
    const bodyFrom = Math.max(index, this.#before.length);
    return Buffer.concat([
      this.#before.subarray(index, end),
      await this.#body(bodyFrom - this.#before.length, Math.min(end, bodyEnd) - bodyFrom),
      this.#after.subarray(Math.max(0, index - bodyEnd), Math.max(0, end - bodyEnd)),
    ]);
  }

  async #body(at: number, length: number): Promise<Uint8Array> {
    if (length <= 0) return new Uint8Array(0);
    // Opened for each piece: an entry that is left half way then leaves nothing open.
    const file = await open(this.#encrypted.path);
    try {
      const buffer = Buffer.alloc(length);
      const { bytesRead } = await file.read(buffer, 0, length, this.#encrypted.start + at);
      return buffer.subarray(0, bytesRead);
    } finally {
      await file.close();
    }
  }
}

const ENCRYPTED = 1;
const DESCRIPTOR = 8;
const ZIP_CRYPTO_OVERHEAD = 12;

/** Local header, directory and end record (APPNOTE 6.3.10) of an archive with this entry alone, said to be stored. */
function headersOf(entry: Entry): { readonly before: Buffer; readonly after: Buffer } {
  const { aesStrength } = methodOf(entry);
  const aes = aesStrength === undefined ? Buffer.alloc(0) : aesField(aesStrength);
  const overhead = aesStrength === undefined ? ZIP_CRYPTO_OVERHEAD : 4 + 4 * aesStrength + 2 + 10;
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(51, 0);
  // ZipCrypto checks the password against the time or the checksum, by the descriptor's flag.
  fields.writeUInt16LE(ENCRYPTED | (entry.generalPurposeBitFlag & DESCRIPTOR), 2);
  fields.writeUInt16LE(aesStrength === undefined ? 0 : 99, 4);
  fields.writeUInt16LE(entry.lastModFileTime, 6);
  fields.writeUInt16LE(entry.lastModFileDate, 8);
  fields.writeUInt32LE(entry.crc32, 10);
  fields.writeUInt32LE(entry.compressedSize, 14);
  fields.writeUInt32LE(Math.max(0, entry.compressedSize - overhead), 18);
  fields.writeUInt16LE(1, 22);
  fields.writeUInt16LE(aes.length, 24);
  const name = Buffer.from('x');
  const before = Buffer.concat([Buffer.from('PK\u0003\u0004'), fields, name, aes]);
  const directory = Buffer.concat([
    Buffer.from('PK\u0001\u0002\u0014\u0000'),
    fields,
    Buffer.alloc(14),
    name,
    aes,
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\u0005\u0006', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(before.length + entry.compressedSize, 16);
  return { before, after: Buffer.concat([directory, end]) };
}

/** WinZip's AES field, version 2, for stored data. */
function aesField(strength: number): Buffer {
  const field = Buffer.alloc(11);
  field.writeUInt16LE(0x9901, 0);
  field.writeUInt16LE(7, 2);
  field.writeUInt16LE(2, 4);
  field.write('AE', 6, 'latin1');
  field.writeUInt8(strength, 8);
  return field;
}
