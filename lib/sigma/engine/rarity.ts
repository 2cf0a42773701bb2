import { remember } from '../../base/remember';
import type { Literals } from '../rule';

/**
 * How often a literal is expected to be there in a record that has its field: from 0 (never) to 1 (always). Only the
 * speed of the engine hangs on it, never what it finds.
 */
export type Rarity = (field: string | undefined, place: Literals['place'], text: string) => number;

/**
 * What nearly every Windows log is full of: a literal that stands in one of these texts says little. Of general
 * knowledge, not counted in any recording.
 */
const EVERYDAY = [
  'c:\\windows\\system32\\svchost.exe -k netsvcs -p -s schedule',
  'c:\\windows\\system32\\cmd.exe /c "',
  'c:\\windows\\system32\\windowspowershell\\v1.0\\powershell.exe -noprofile -executionpolicy bypass -command "& {',
  'c:\\windows\\syswow64\\rundll32.exe',
  'c:\\windows\\explorer.exe',
  'c:\\windows\\temp\\',
  'c:\\program files (x86)\\microsoft\\',
  'c:\\program files\\common files\\',
  'c:\\programdata\\microsoft\\windows defender\\platform\\',
  'c:\\users\\public\\',
  'c:\\users\\administrator\\appdata\\local\\microsoft\\',
  '\\appdata\\local\\temp\\',
  '\\appdata\\roaming\\microsoft\\windows\\start menu\\programs\\',
  'hklm\\software\\microsoft\\windows nt\\currentversion\\',
  'hklm\\software\\wow6432node\\microsoft\\windows\\currentversion\\',
  'hklm\\system\\currentcontrolset\\services\\',
  'hkcu\\software\\microsoft\\windows\\currentversion\\explorer\\',
  'nt authority\\system',
  '.dll',
  '.exe"',
  'dword (0x00000001)',
  'microsoft corporation',
  'microsoft® windows® operating system',
  'true',
  'false',
  '.com',
  'https://www.',
  'function write-output get-item new-object system.',
];

/** All of them are shorter. */
const EVERYDAY_LENGTH = 128;
const EVERYDAY_SHARE = 0.3;
/** By length: short texts are in everything. */
const SHARES = [1, 1, 0.7, 0.4, 0.2, 0.1, 0.06, 0.04, 0.025];
const LONG_SHARE = 0.01;
/** A whole name, or an ending such as `\whoami.exe`: one among the many a field can have. */
const EDGE_SHARE = 0.02;

/** Expects the more of a literal the shorter it is, the more everyday, and the more rules name it (`uses`). */
export function createRarity(
  uses: (field: string | undefined, place: Literals['place'], text: string) => number,
): Rarity {
  const isEveryday = remember((text) => EVERYDAY.some((one) => one.includes(text)));
  return (field, place, text) => {
    const common = 1 + uses(field, place, text) / 8;
    if (place === 'equals') return Math.min(1, EDGE_SHARE * common);
    const byLength = SHARES[text.length] ?? LONG_SHARE;
    const everyday = text.length < EVERYDAY_LENGTH && isEveryday(text);
    if (place === 'endswith' && text.length >= 5 && text.includes('\\'))
      return Math.min(1, EDGE_SHARE * common * (everyday ? 3 : 1));
    return Math.min(1, Math.max(byLength, everyday ? EVERYDAY_SHARE : 0) * Math.sqrt(common));
  };
}
