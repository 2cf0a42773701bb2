import { expect, it } from 'vitest';
import { copyVerb } from './copyTools';

it.each([
  ['cmd.exe', 'cmd.exe /c copy "C:\\a.js" D:\\b.js', 'copy'],
  ['cmd.exe', 'cmd /c c^opy a.js b.js', 'copy'],
  ['cmd.exe', 'cmd /c "cd x&move a b"', 'move'],
  ['cmd.exe', 'cmd /c ren a.txt b.js', 'rename'],
  ['cmd.exe', 'cmd /c type a.txt > b.js', 'copy'],
  ['cmd.exe', 'cmd /c type a.txt', undefined],
  ['cmd.exe', 'cmd /c certutil -decode a.txt b.exe', 'decode'],
  ['cmd.exe', 'cmd /c certutil -hashfile a.txt', undefined],
  ['cmd.exe', 'cmd /c echo copyright', undefined],
  ['powershell.exe', 'powershell -c Copy-Item a.js b.js', 'copy'],
  ['powershell.exe', 'powershell -c "Expand-Archive a.zip -d out"', 'unpack'],
  ['xcopy.exe', 'xcopy C:\\a D:\\b /y', 'copy'],
  ['robocopy.exe', 'robocopy C:\\a D:\\b a.js', 'copy'],
  ['tar.exe', 'tar -xf a.zip', 'unpack'],
  ['expand.exe', 'expand a.cab -F:* out', 'unpack'],
  ['certutil.exe', 'certutil.exe -f -decode a.txt b.exe', 'decode'],
  ['certutil.exe', 'certutil.exe -urlcache -f http://a b', undefined],
  ['esentutl.exe', 'esentutl.exe /y C:\\a /d C:\\b /o', 'copy'],
  ['esentutl.exe', 'esentutl.exe /p C:\\a', undefined],
  // A browser has a type too.
  ['msedge.exe', 'msedge.exe --type=renderer > copy', undefined],
  // The tool under another name.
  ['upd.exe', 'upd.exe /y a b', undefined],
])('%s: %s', (program, line, verb) => {
  expect(copyVerb([`C:\\Windows\\System32\\${program}`, ''], line)).toBe(verb);
});

it('knows a renamed tool by the name its version resource has', () => {
  expect(copyVerb(['C:\\x\\upd.exe', 'CertUtil.exe'], 'upd.exe -decode a b')).toBe('decode');
});

it('reads a hostile line at once', () => {
  for (const piece of ['copy', ' copy ', 'certutil ', '"', 'type '])
    for (let i = 0; i < 20; i++) copyVerb(['cmd.exe'], piece.repeat(8000));
});
