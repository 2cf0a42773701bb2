import { describe, expect, it } from 'vitest';
import { urlTarget } from './urls';

describe('the target of a URL', () => {
  it.each([
    ['https://files.example.net/a?b=c#d', { host: 'files.example.net', port: 443 }],
    ['http://Files.Example.net:8080', { host: 'files.example.net', port: 8080 }],
    ['files.example.net/path', { host: 'files.example.net' }],
    ['https://user:secret@files.example.net/', { host: 'files.example.net', port: 443 }],
    ['http://[2001:db8::1]:8443/x', { host: '2001:db8::1', port: 8443 }],
    ['ftp://203.0.113.9/x', { host: '203.0.113.9', port: 21 }],
    ['https://files.example.net:99999/', { host: 'files.example.net', port: 443 }],
  ])('of %s is its host and port', (url, target) => {
    expect(urlTarget(url)).toEqual(target);
  });

  it.each(['', '/only/a/path', 'https://', 'https:// blank.example/', '\u0000'])('of %j is none', (url) => {
    expect(urlTarget(url)).toBeUndefined();
  });

  it('is found or refused in linear time, whatever the text', () => {
    const long = `${'a'.repeat(200)}@`.repeat(2000);
    const begun = performance.now();
    urlTarget(long);
    urlTarget(`https://${long}`);
    expect(performance.now() - begun).toBeLessThan(100);
  });
});
