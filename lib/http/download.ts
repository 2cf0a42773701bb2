import { Readable } from 'node:stream';

/** What a browser is to save: never shown, never guessed at, under a name that is only a name. */
export type Download = {
  readonly name: string;
  readonly type: string;
  readonly content: string | AsyncIterable<Uint8Array>;
  readonly bytes?: number;
  /** SHA-256 of the content, in hex. */
  readonly sha256?: string;
};

/** An answer that is a file. */
export function download({ name, type, content, bytes, sha256 }: Download): Response {
  const body =
    typeof content === 'string'
      ? content
      : (Readable.toWeb(Readable.from(content, { objectMode: false })) as unknown as BodyInit);
  return new Response(body, {
    headers: {
      'content-type': type,
      'content-disposition': contentDisposition(name),
      'x-content-type-options': 'nosniff',
      'content-security-policy': "sandbox; default-src 'none'",
      'cache-control': 'no-store',
      ...(bytes === undefined ? {} : { 'content-length': String(bytes) }),
      // RFC 9530: whoever downloads can hold the file against it.
      ...(sha256 === undefined
        ? {}
        : { 'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:` }),
    },
  });
}

/** RFC 6266: a plain ASCII name for old programs, the true one encoded for the others. */
export function contentDisposition(name: string): string {
  const plain = name.replace(/[^\w.\- ]/g, '_').slice(0, 150) || 'download';
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
