import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  canonicalPath,
  expandEnvironment,
  fileExtension,
  fileName,
  profileOf,
  samePath,
  streamName,
} from './paths';

describe('canonicalPath', () => {
  it.each([
    // As written, and as it is compared.
    ['C:\\Windows\\Explorer.EXE', 'c:\\windows\\explorer.exe'],
    ['"C:\\Program Files\\a.exe"', 'c:\\program files\\a.exe'],
    ['C:/Users/m.keller/a.svg', 'c:\\users\\m.keller\\a.svg'],
    // Dots, separators and what Windows cuts from names.
    ['C:\\a\\.\\b\\..\\c.exe', 'c:\\a\\c.exe'],
    ['C:\\..\\..\\a.exe', 'c:\\a.exe'],
    ['a\\..\\b.hta', 'b.hta'],
    ['..\\b.hta', 'b.hta'],
    ['C:\\\\a\\\\\\b.exe', 'c:\\a\\b.exe'],
    ['C:\\a. .\\b.exe', 'c:\\a\\b.exe'],
    ['C:\\a\\mshta.exe. .', 'c:\\a\\mshta.exe'],
    ['C:\\a\\.vscode\\b', 'c:\\a\\.vscode\\b'],
    ['C:\\a\\', 'c:\\a'],
    ['C:/', 'c:\\'],
    ['C:\\', 'c:\\'],
    // Prefixes of the object manager and of volumes.
    ['\\\\?\\C:\\a\\b.exe', 'c:\\a\\b.exe'],
    ['\\\\.\\C:\\a\\b.exe', 'c:\\a\\b.exe'],
    ['\\??\\C:\\a\\b.exe', 'c:\\a\\b.exe'],
    ['\\\\?\\\\\\?\\C:\\a\\b.exe', 'c:\\a\\b.exe'],
    ['\\Device\\HarddiskVolume3\\a\\b.exe', '?:\\a\\b.exe'],
    ['\\device\\cdrom0\\setup.exe', '?:\\setup.exe'],
    ['\\\\?\\GLOBALROOT\\Device\\HarddiskVolume3\\a.exe', '?:\\a.exe'],
    ['\\\\?\\Volume{8c3a6d11-0000-0000-0000-100000000000}\\a.exe', '?:\\a.exe'],
    ['\\SystemRoot\\System32\\cmd.exe', 'c:\\windows\\system32\\cmd.exe'],
    ['%SystemRoot%\\System32\\cmd.exe', 'c:\\windows\\system32\\cmd.exe'],
    ['%%windir%%\\notepad.exe', 'c:\\windows\\notepad.exe'],
    ['\\Temp\\a.hta', '?:\\temp\\a.hta'],
    // Shares, and shares that are this very computer.
    ['\\\\srv\\share\\a.exe', '\\\\srv\\share\\a.exe'],
    ['//srv/share/a.exe', '\\\\srv\\share\\a.exe'],
    ['\\\\srv\\share\\..\\..\\a.exe', '\\\\srv\\share\\a.exe'],
    ['\\\\?\\UNC\\srv\\share\\a.exe', '\\\\srv\\share\\a.exe'],
    ['\\??\\UNC\\srv\\share\\a.exe', '\\\\srv\\share\\a.exe'],
    ['\\Device\\Mup\\srv\\share\\a.exe', '\\\\srv\\share\\a.exe'],
    ['\\Device\\LanmanRedirector\\;Z:0000000000012d6e\\srv\\share\\a.exe', '\\\\srv\\share\\a.exe'],
    ['\\\\localhost\\c$\\a\\b.exe', 'c:\\a\\b.exe'],
    ['\\\\127.0.0.1\\C$\\a\\b.exe', 'c:\\a\\b.exe'],
    ['\\\\localhost\\\\c$\\a\\b.exe', 'c:\\a\\b.exe'],
    ['\\\\?\\UNC\\localhost\\c$\\a.exe', 'c:\\a.exe'],
    ['\\\\localhost\\ADMIN$\\System32\\a.exe', 'c:\\windows\\system32\\a.exe'],
    ['\\\\localhost\\c$', 'c:\\'],
    ['\\\\localhost\\share\\a.exe', '\\\\localhost\\share\\a.exe'],
    // WebDAV: one place, many spellings.
    ['\\\\srv@SSL@8443\\DavWWWRoot\\p\\a.hta', '\\\\srv@ssl@8443\\p\\a.hta'],
    ['\\\\srv@8443@SSL\\p\\a.hta', '\\\\srv@ssl@8443\\p\\a.hta'],
    ['\\\\srv@SSL@443\\DavWWWRoot\\p\\a.hta', '\\\\srv@ssl\\p\\a.hta'],
    ['\\\\srv@SSL\\p\\a.hta', '\\\\srv@ssl\\p\\a.hta'],
    ['\\\\srv@80\\p\\a.hta', '\\\\srv\\p\\a.hta'],
    ['\\\\srv\\DavWWWRoot\\p\\a.hta', '\\\\srv\\p\\a.hta'],
    ['\\Device\\WebDavRedirector\\;X:0000000000012d6e\\srv@ssl\\p\\a.hta', '\\\\srv@ssl\\p\\a.hta'],
    // A 32-bit program's name for System32; SysWOW64 is a folder of its own.
    ['C:\\Windows\\Sysnative\\mshta.exe', 'c:\\windows\\system32\\mshta.exe'],
    ['%windir%\\Sysnative\\mshta.exe', 'c:\\windows\\system32\\mshta.exe'],
    ['C:\\Windows\\SysWOW64\\mshta.exe', 'c:\\windows\\syswow64\\mshta.exe'],
    ['C:\\a\\Sysnative\\mshta.exe', 'c:\\a\\sysnative\\mshta.exe'],
    // File URLs.
    ['file:///C:/a%20b/c.svg', 'c:\\a b\\c.svg'],
    ['file:///C%3A/a.svg', 'c:\\a.svg'],
    ['file:///C|/a.svg', 'c:\\a.svg'],
    ['FILE:C:/a.svg', 'c:\\a.svg'],
    ['file://localhost/C:/a.svg', 'c:\\a.svg'],
    ['file://srv/share/a.svg', '\\\\srv\\share\\a.svg'],
    ['file:////srv/share/a.svg', '\\\\srv\\share\\a.svg'],
    ['file:///a/b.svg', '?:\\a\\b.svg'],
    ['file:///C:/a/%2e%2e/b.svg', 'c:\\b.svg'],
    ['file:///C:/r%C3%A9sum%C3%A9.svg', 'c:\\résumé.svg'],
    ['file:///C:/a.svg?x=1#top', 'c:\\a.svg'],
    ['file:///C:/a%20b%E4%zz.svg', 'c:\\a b%e4%zz.svg'],
    // A folder's own stream says nothing.
    ['C:\\a::$INDEX_ALLOCATION\\b.exe', 'c:\\a\\b.exe'],
  ])('reads %s as %s', (written, canonical) => {
    expect(canonicalPath(written)).toEqual({ path: canonical });
  });

  it.each([
    ['C:\\a.svg:Zone.Identifier', 'zone.identifier'],
    ['C:\\a.svg:Zone.Identifier:$DATA', 'zone.identifier'],
    ['\\\\?\\C:\\a.svg:Zone.Identifier', 'zone.identifier'],
    ['C:/a.svg:payload.js', 'payload.js'],
  ])('splits the stream off %s', (written, stream) => {
    expect(canonicalPath(written)).toEqual({ path: 'c:\\a.svg', stream });
  });

  it('takes ::$DATA for the file itself', () => {
    expect(canonicalPath('C:\\a.svg::$DATA')).toEqual({ path: 'c:\\a.svg' });
  });

  it('keeps a drive-relative path, which only the drive’s current folder could resolve', () => {
    expect(canonicalPath('C:a.hta')).toEqual({ path: 'c:a.hta' });
  });

  it('is the same whether the path needed work or not', () => {
    expect(canonicalPath('C:\\a\\b c.exe')).toEqual(canonicalPath('"\\\\?\\C:/a/./b c.exe"'));
  });

  it('leaves a canonical path alone', () => {
    fc.assert(
      fc.property(hostilePath, (text) => {
        const { path } = canonicalPath(text);
        expect(canonicalPath(path)).toEqual({ path });
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves no dots, no doubled separators, no slashes and no capitals', () => {
    fc.assert(
      fc.property(hostilePath, (text) => {
        const { path } = canonicalPath(text);
        expect(path.replace(/^\\\\/, '')).not.toMatch(/\/|\\\\|\\\.{1,2}(?:\\|$)|[A-Z]/);
      }),
    );
  });

  it.each([
    ['dots', `C:\\${'.'.repeat(200_000)}x`],
    ['dots and blanks', `C:\\${'. '.repeat(100_000)}x`],
    ['separators', '\\'.repeat(200_000)],
    ['steps up', `C:\\${'..\\'.repeat(60_000)}`],
    ['steps down and up', `C:\\${'a\\..\\'.repeat(30_000)}`],
    ['prefixes', `${'\\\\?\\'.repeat(50_000)}C:\\a`],
    ['percent signs', `file:///${'%41%'.repeat(50_000)}`],
    ['colons', `C:\\${'a:'.repeat(100_000)}`],
    ['quotes', '"'.repeat(200_000)],
    ['redirectors', `\\device\\mup\\${';a\\'.repeat(60_000)}`],
  ])('reads 200,000 hostile characters at once: %s', (_, text) => {
    canonicalPath(text);
    fileName(text);
    fileExtension(text);
    streamName(text);
    expandEnvironment(text, undefined);
  });
});

describe('names in a path', () => {
  it.each([
    ['C:\\a\\B.EXE', 'b.exe', 'exe', undefined],
    ['/a/b.tar.gz', 'b.tar.gz', 'gz', undefined],
    ['b', 'b', '', undefined],
    ['C:\\a\\', '', '', undefined],
    ['', '', '', undefined],
    ['C:\\a.b\\c', 'c', '', undefined],
    ['C:\\a\\mshta.exe. ', 'mshta.exe', 'exe', undefined],
    ['C:\\a\\b.svg:Zone.Identifier', 'b.svg', 'svg', 'zone.identifier'],
    ['C:\\a\\b.svg:Zone.Identifier:$DATA', 'b.svg', 'svg', 'zone.identifier'],
    ['C:\\a\\b.svg::$DATA', 'b.svg', 'svg', undefined],
    ['b.txt:evil.hta', 'b.txt', 'txt', 'evil.hta'],
    ['C:b.txt', 'c:b.txt', 'txt', undefined],
    // On Windows a name that is all extension has that extension: a double click runs it.
    ['C:\\a\\.hta', '.hta', 'hta', undefined],
    ['C:\\a\\b.', 'b', '', undefined],
  ])('%s is named %s, of type %s, stream %s', (path, name, extension, stream) => {
    expect(fileName(path)).toBe(name);
    expect(fileExtension(path)).toBe(extension);
    expect(streamName(path)).toBe(stream);
  });

  it('never throws, and agrees with the canonical form', () => {
    fc.assert(
      fc.property(plausiblePath, (path) => {
        expect(fileName(path)).toBe(fileName(canonicalPath(path).path));
        expect(streamName(path)).toBe(canonicalPath(path).stream);
      }),
    );
    fc.assert(
      fc.property(hostilePath, (path) => {
        expect(fileName(path)).not.toMatch(/[\\/]/);
        expect(fileExtension(path)).not.toMatch(/[\\/.]/);
        streamName(path);
      }),
    );
  });
});

describe('samePath', () => {
  it.each([
    ['c:\\a\\b.exe', 'c:\\a\\b.exe', 'exact'],
    ['c:\\a\\b.exe', 'd:\\a\\b.exe', undefined],
    ['?:\\a\\b.exe', 'c:\\a\\b.exe', 'inferred'],
    ['?:\\a\\b.exe', '?:\\a\\b.exe', 'inferred'],
    ['?:\\a\\b.exe', '\\\\a\\b.exe', undefined],
    ['c:\\progra~1\\a.exe', 'c:\\program files\\a.exe', 'inferred'],
    ['?:\\progra~1\\a.exe', 'c:\\program files\\a.exe', 'inferred'],
    ['c:\\progra~1\\a.exe', 'c:\\program files\\b.exe', undefined],
    ['c:\\users\\nora~1.que\\a.svg', 'c:\\users\\nora.queens\\a.svg', 'inferred'],
    ['c:\\a\\invoic~1.svg', 'c:\\a\\invoice 2026.svg', 'inferred'],
    ['c:\\a\\invo~123.svg', 'c:\\a\\invoice.svg', 'inferred'],
    ['c:\\a\\a_b~1.txt', 'c:\\a\\a+b.txt', 'inferred'],
    // From the fifth on Windows keeps two characters and a checksum.
    ['c:\\a\\in3f9c~1.svg', 'c:\\a\\invoice 2026.svg', 'inferred'],
    ['c:\\a\\in3f9c~1.svg', 'c:\\a\\offer 2026.svg', undefined],
    // A short name holds all of the first six characters and the extension, not just some of them.
    ['c:\\a\\i~1.svg', 'c:\\a\\invoice.svg', undefined],
    ['c:\\a\\invoic~1', 'c:\\a\\invoice.svg', undefined],
    ['c:\\a\\invoic~1.s', 'c:\\a\\invoice.svg', undefined],
    ['c:\\a\\invoic~1.svg', 'c:\\a\\invoic~2.svg', undefined],
    ['c:\\users\\?\\appdata\\a.hta', 'c:\\users\\m.keller\\appdata\\a.hta', 'inferred'],
    ['c:\\?\\?\\?', 'c:\\a\\b\\c', undefined],
  ] as const)('%s and %s: %s', (a, b, same) => {
    expect(samePath(a, b)).toBe(same);
    expect(samePath(b, a)).toBe(same);
  });
});

describe('expandEnvironment', () => {
  const home = 'c:\\users\\m.keller';
  it.each([
    ['%TEMP%\\a.hta', `${home}\\appdata\\local\\temp\\a.hta`],
    ['%tmp%\\a', `${home}\\appdata\\local\\temp\\a`],
    ['%AppData%\\a', `${home}\\appdata\\roaming\\a`],
    ['%LocalAppData%\\a', `${home}\\appdata\\local\\a`],
    ['%UserProfile%', home],
    ['%PUBLIC%\\a', 'c:\\users\\public\\a'],
    ['%ProgramData%\\a', 'c:\\programdata\\a'],
    ['%ComSpec%', 'c:\\windows\\system32\\cmd.exe'],
    ['%ProgramFiles(x86)%\\a', 'c:\\program files (x86)\\a'],
    // The pipeline doubled the percent signs; two variables side by side are not that.
    ['%%TEMP%%\\a', `${home}\\appdata\\local\\temp\\a`],
    ['%systemdrive%%public%', 'c:c:\\users\\public'],
    ['%unknown%\\a', '%unknown%\\a'],
    ['%constructor%\\a', '%constructor%\\a'],
    ['C:\\Users\\%USERNAME%\\a', 'c:\\users\\m.keller\\a'],
    ['%homedrive%%homepath%\\a', `${home}\\a`],
    ['%OneDrive%\\a', `${home}\\onedrive\\a`],
    // PowerShell's way.
    ['$env:TEMP\\a.js', `${home}\\appdata\\local\\temp\\a.js`],
    [`\${env:ProgramFiles(x86)}\\a`, 'c:\\program files (x86)\\a'],
    ['$env:unknown\\a', '$env:unknown\\a'],
    ['100%', '100%'],
  ])('%s', (written, expanded) => {
    expect(expandEnvironment(written, home)).toBe(expanded);
  });

  it('puts an unknown user in when the profile is not known', () => {
    expect(expandEnvironment('%temp%\\a', undefined)).toBe('c:\\users\\?\\appdata\\local\\temp\\a');
  });

  it('puts the profile in as it is, whatever characters it holds', () => {
    expect(expandEnvironment('%temp%', 'c:\\users\\$&~$1')).toBe('c:\\users\\$&~$1\\appdata\\local\\temp');
  });
});

describe('profileOf', () => {
  it.each([
    ['c:\\users\\m.keller\\downloads\\a.svg', 'c:\\users\\m.keller'],
    ['?:\\users\\m.keller', '?:\\users\\m.keller'],
    ['c:\\windows\\system32', undefined],
    ['\\\\srv\\users\\m.keller', undefined],
  ])('%s: %s', (path, profile) => {
    expect(profileOf(path)).toBe(profile);
  });
});

/** Text made of everything that means something in a Windows path. */
const hostilePath = fc
  .array(
    fc.oneof(
      fc.constantFrom('\\', '\\\\', '/', '..', '.', ' ', '"', ':', '%', '?', '~1', 'a', 'B.exe', 'c:', 'c$'),
      fc.constantFrom(
        '\\\\?\\',
        '\\??\\',
        '\\\\.\\',
        'UNC\\',
        'GLOBALROOT\\',
        '\\Device\\',
        'HarddiskVolume3\\',
      ),
      fc.constantFrom(
        'file:',
        'file:///',
        '%20',
        '%2e',
        '%windir%',
        '\\SystemRoot\\',
        'localhost',
        '127.0.0.1',
        '@ssl',
        '@80',
        'davwwwroot',
        'sysnative',
      ),
      fc.constantFrom(':$DATA', '|', '#', 'Mup\\', ';', '\u00a0', '\u202e', '\ud800', 'İ', 'Σ', '\n'),
      fc.string({ maxLength: 3 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) => parts.join(''));

const plausiblePath = fc
  .tuple(
    fc.constantFrom('C:\\', '\\\\?\\C:\\', '\\Device\\HarddiskVolume3\\', '\\\\srv\\share\\', 'D:/'),
    fc.array(fc.stringMatching(/^[A-Za-z0-9_-]{1,4}$/), { maxLength: 3 }),
    fc.stringMatching(/^[a-z]{1,4}(\.[a-z]{1,3}){0,2}$/),
    fc.constantFrom('', '.', ' .', ':Zone.Identifier', ':a.js:$DATA', '::$DATA'),
  )
  .map(([root, folders, name, end]) => `${root}${folders.join('\\')}\\${name}${end}`);
