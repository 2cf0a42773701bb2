import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { creationOptions, fromBase64Url, requestOptions, toBase64Url } from './webAuthnJson';

const bytesOf = (buffer: unknown) => [...new Uint8Array(buffer as ArrayBuffer)];

describe('passkeys as JSON', () => {
  it('carries any bytes there and back, in letters that need no escaping', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const text = toBase64Url(bytes.slice().buffer);
        expect(text).toMatch(/^[\w-]*$/);
        expect(bytesOf(fromBase64Url(text))).toEqual([...bytes]);
      }),
    );
  });

  it('turns what the browser needs as bytes into bytes and leaves the rest', () => {
    const options = creationOptions({
      challenge: '_-8',
      rp: { name: 'Sequela', id: 'soc.example' },
      user: { id: 'AQI', name: 'anna', displayName: 'Anna' },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
      excludeCredentials: [{ id: 'AQ', type: 'public-key' }],
    });
    expect(bytesOf(options.challenge)).toEqual([255, 239]);
    expect(bytesOf(options.user.id)).toEqual([1, 2]);
    expect(bytesOf(options.excludeCredentials?.[0]?.id)).toEqual([1]);
    expect(options).toMatchObject({ rp: { id: 'soc.example' }, user: { name: 'anna' } });
  });

  it('asks for any passkey when none is named', () => {
    expect(requestOptions({ challenge: 'AQ', rpId: 'soc.example' })).toMatchObject({
      rpId: 'soc.example',
      allowCredentials: [],
    });
  });
});
