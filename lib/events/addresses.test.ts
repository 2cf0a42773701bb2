import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressScope, inCidr, parseAddress } from './addresses';

describe('parseAddress', () => {
  it.each([
    ['192.0.2.1', '00000000000000000000ffffc0000201'],
    ['::ffff:192.0.2.1', '00000000000000000000ffffc0000201'],
    ['::FFFF:C000:0201', '00000000000000000000ffffc0000201'],
    ['2001:db8::1', '20010db8000000000000000000000001'],
    ['2001:DB8:0:0:0:0:0:1', '20010db8000000000000000000000001'],
    ['::', '00000000000000000000000000000000'],
    ['::1', '00000000000000000000000000000001'],
    ['fe80::1%12', 'fe800000000000000000000000000001'],
    ['1:2:3:4:5:6:7::', '00010002000300040005000600070000'],
    ['64:ff9b::192.0.2.1', '0064ff9b0000000000000000c0000201'],
    ['1:2:3:4:5:6:192.0.2.1', '000100020003000400050006c0000201'],
  ])('reads %s', (text, hex) => {
    const bytes = parseAddress(text) ?? [];
    expect(bytes.map((byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(hex);
  });

  it.each([
    '',
    '192.0.2',
    '192.0.2.256',
    '192.0.2.1.1',
    '192.0.2.1 ',
    '0xc0000201',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7:8::',
    '12345::',
    'g::',
    '1.2.3.4::',
    '::1.2.3.4:5',
    '[::1]',
    'dead',
    'cdn.example',
  ])('refuses "%s"', (text) => {
    expect(parseAddress(text)).toBeUndefined();
  });

  it('reads back every address however it is written', () => {
    fc.assert(
      fc.property(fc.ipV4(), (text) => {
        expect(parseAddress(text)).toHaveLength(16);
        expect(parseAddress(`::ffff:${text}`)).toEqual(parseAddress(text));
      }),
    );
    fc.assert(
      fc.property(fc.ipV6(), (text) => {
        expect(parseAddress(text)).toHaveLength(16);
      }),
    );
  });

  it('never throws', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        addressScope(a);
        expect(inCidr(a, `${a}/${b}`)).toBeTypeOf('boolean');
      }),
    );
  });
});

describe('addressScope', () => {
  it.each([
    ['127.0.0.1', 'loopback'],
    ['127.255.0.9', 'loopback'],
    ['::1', 'loopback'],
    ['::ffff:127.0.0.1', 'loopback'],
    ['10.0.0.1', 'private'],
    ['172.15.255.255', 'public'],
    ['172.16.0.0', 'private'],
    ['172.31.255.255', 'private'],
    ['172.32.0.0', 'public'],
    ['192.168.1.1', 'private'],
    ['192.169.1.1', 'public'],
    ['169.254.1.1', 'private'],
    ['100.63.255.255', 'public'],
    ['100.64.0.0', 'private'],
    ['100.127.255.255', 'private'],
    ['100.128.0.0', 'public'],
    ['fc00::1', 'private'],
    ['fdff::1', 'private'],
    ['fe80::1', 'private'],
    ['febf::1', 'private'],
    ['fec0::1', 'public'],
    ['224.0.0.251', 'multicast'],
    ['255.255.255.255', 'multicast'],
    ['ff02::fb', 'multicast'],
    ['0.0.0.0', 'unspecified'],
    ['::', 'unspecified'],
    ['198.51.100.44', 'public'],
    ['2001:db8::1', 'public'],
    ['::ffff:198.51.100.44', 'public'],
    ['cdn.example', undefined],
  ])('%s is %s', (text, scope) => {
    expect(addressScope(text)).toBe(scope);
  });
});

describe('inCidr', () => {
  it.each([
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.20.7.31', '10.20.7.16/28', true],
    ['10.20.7.32', '10.20.7.16/28', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['10.1.2.4', '10.1.2.3/32', false],
    ['198.51.100.1', '0.0.0.0/0', true],
    ['::ffff:10.1.2.3', '10.0.0.0/8', true],
    ['10.1.2.3', '::ffff:10.0.0.0/104', true],
    ['fd00::1', 'fc00::/7', true],
    ['fe00::1', 'fc00::/7', false],
    ['2001:db8::1', '2001:db8::1', true],
    // The families do not mix.
    ['10.1.2.3', '::/0', false],
    ['2001:db8::1', '0.0.0.0/0', false],
    ['2001:db8::1', '::/0', true],
    // What cannot be read matches nothing.
    ['10.1.2.3', '10.0.0.0/', false],
    ['10.1.2.3', '10.0.0.0/33', false],
    ['10.1.2.3', '10.0.0.0/-1', false],
    ['10.1.2.3', '10.0.0.0/8.0', false],
    ['10.0.0.0', '10.0.0.0/x', false],
    ['10.1.2.3', '10.0.0/8', false],
    ['nothing', '0.0.0.0/0', false],
    ['fd00::1', 'fc00::/129', false],
  ])('%s in %s: %s', (address, cidr, inside) => {
    expect(inCidr(address, cidr)).toBe(inside);
  });
});
