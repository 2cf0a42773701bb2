import { describe, expect, it } from 'vitest';
import type { EndpointEvent, EventKind } from '../events/endpointEvent';
import { scenario } from '../events/scenario';
import { operatingSystemOf } from './operatingSystem';

function ran(paths: readonly string[], kind: EventKind = 'process_start'): readonly EndpointEvent[] {
  const s = scenario();
  s.starts('C:\\a.exe');
  const [template] = s.events();
  if (template === undefined) throw new Error('nothing told');
  return paths.map((path) => ({ ...template, kind, 'process.executable': path }));
}

describe('the operating system of a host', () => {
  it.each([
    ['windows', ['C:\\Windows\\System32\\cmd.exe', '\\Device\\HarddiskVolume3\\Windows\\explorer.exe']],
    ['windows', ['\\\\server\\share\\tool.exe', 'D:/tools/a.exe']],
    ['linux', ['/usr/bin/bash', '/bin/sh', '/opt/app/run']],
    ['macos', ['/bin/zsh', '/usr/libexec/xpcproxy', '/System/Library/CoreServices/Finder.app/Finder']],
    ['macos', ['/Applications/Safari.app/Contents/MacOS/Safari']],
  ])('is %s by the paths of its programs', (os, paths) => {
    expect(operatingSystemOf(ran(paths))).toBe(os);
  });

  it('is that of most starts: one program of another shape changes nothing', () => {
    expect(operatingSystemOf(ran(['/usr/bin/wine', 'C:\\a.exe', 'C:\\b.exe']))).toBe('windows');
    const linux = Array.from({ length: 50 }, (_, i) => `/usr/bin/tool${i}`);
    expect(operatingSystemOf(ran([...linux, '/Users/build/odd']))).toBe('linux');
  });

  it('is told by other events where no start tells', () => {
    expect(operatingSystemOf(ran(['/usr/bin/curl'], 'network_connect'))).toBe('linux');
    expect(
      operatingSystemOf([
        ...ran(['/usr/bin/curl', '/usr/bin/wget'], 'network_connect'),
        ...ran(['C:\\a.exe']),
      ]),
    ).toBe('windows');
  });

  it('is not known where no program has a path', () => {
    expect(operatingSystemOf([])).toBeUndefined();
    expect(operatingSystemOf(ran(['System', '']))).toBeUndefined();
  });
});
