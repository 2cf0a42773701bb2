import { describe, expect, it } from 'vitest';
import { namedHosts, withParentDomains } from './namedHosts';

describe('hosts a command line names', () => {
  it.each([
    ['mshta https://files.example/a.hta', ['files.example']],
    ['mshta HTTPS://user:pw@Files.Example:8443/a', ['files.example']],
    ['wscript \\\\files.example@ssl@8443\\davwwwroot\\a.js', ['files.example']],
    ['cmd /c "\\\\10.1.2.3\\pub\\a.cmd" //other.example/pub/x', ['10.1.2.3', 'other.example']],
    ['rundll32.exe davclnt.dll,DavSetCookie files.example http://files.example/pub', ['files.example']],
    ['cmd /c \\\\localhost\\c$\\a.cmd', []],
    ['cmd /c c:\\a\\\\b.cmd /c', []],
    ['mshta "\\\\?\\c:\\users\\public\\a.hta"', []],
  ])('of %s', (text, hosts) => {
    expect(namedHosts(text)).toEqual(hosts);
  });

  it('are bounded, whatever the line', () => {
    expect(
      namedHosts(Array.from({ length: 500 }, (_, i) => `https://h${i}.example/`).join(' ')),
    ).toHaveLength(16);
    const from = performance.now();
    namedHosts(`https://${'a@'.repeat(16_000)}`);
    namedHosts('a'.repeat(30_000) + '://'.repeat(900));
    expect(performance.now() - from).toBeLessThan(1000);
  });

  it('come with the domains above them, addresses alone', () => {
    expect(withParentDomains('a.b.example')).toEqual(['a.b.example', 'b.example', 'example']);
    expect(withParentDomains('10.1.2.3')).toEqual(['10.1.2.3']);
  });
});
