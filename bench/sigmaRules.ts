import { createRandom, type Random } from '../lib/sample/random';

/**
 * A set of rules made up for measuring, as YAML: log sources, modifiers, alternatives and exclusions in about the
 * shares that the community's rules have them; no word of it comes from a real rule. The first n of a larger set are
 * the smaller set.
 */
export function madeUpRules(count: number): readonly string[] {
  return Array.from({ length: count }, (_, i) => {
    const random = createRandom(`sigma rule ${i}`);
    const [logsource, selections] = kindOf(random)(random);
    const filters = random.chance(0.4) ? [filterOf(random)] : [];
    const chosen = random.chance(0.5) ? 'all of selection_*' : selections.map(([name]) => name).join(' and ');
    const lines = [
      `title: Made up ${i}`,
      `id: 00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
      'status: test',
      `level: ${random.pick(['low', 'medium', 'medium', 'high', 'high'])}`,
      'logsource:',
      '  product: windows',
      `  ${logsource}`,
      'detection:',
      ...[...selections, ...filters].flatMap(([name, body]) => [
        `  ${name}:`,
        ...body.map((line) => `    ${line}`),
      ]),
      `  condition: ${chosen}${filters.length > 0 ? ' and not 1 of filter_*' : ''}`,
    ];
    return `${lines.join('\n')}\n`;
  });
}

/** Name of a part, and its lines. */
type Part = readonly [string, readonly string[]];
type Kind = (random: Random) => readonly [string, readonly Part[]];

const PROGRAMS = (
  'powershell powershell powershell powershell pwsh cmd cmd cmd rundll32 rundll32 reg reg wmic net net1 schtasks sc ' +
  'regsvr32 mshta wscript cscript certutil bitsadmin msiexec msbuild installutil regasm regsvcs cmstp forfiles ' +
  'explorer svchost wmiprvse dllhost taskhostw conhost lsass services winlogon csrss smss spoolsv whoami nltest ' +
  'dsquery csvde ldifde netsh nbtstat arp ipconfig route ping tracert nslookup systeminfo tasklist taskkill quser ' +
  'query qwinsta klist cmdkey vaultcmd vssadmin wbadmin bcdedit diskshadow fsutil icacls takeown attrib robocopy ' +
  'xcopy copy expand makecab extrac32 tar curl ssh scp ftp finger hh mmc control eventvwr fodhelper sdclt wsreset ' +
  'computerdefaults msconfig winword excel powerpnt outlook onenote acrord32 chrome firefox msedge teams node python ' +
  'perl java javaw php ruby go rustc git vim 7z winrar rar procdump psexec adfind mimikatz rclone plink anydesk'
).split(' ');
const VERBS =
  'get set add new remove invoke start stop enable disable export import copy query dump save load register'.split(
    ' ',
  );
const NOUNS = (
  'process service user group domain policy token ticket vault backup shadow volume firewall proxy tunnel script ' +
  'module assembly registry certificate credential password account share session audit log task trigger driver'
).split(' ');
const FOLDERS = [
  '\\AppData\\Local\\Temp\\',
  '\\AppData\\Roaming\\',
  '\\Users\\Public\\',
  '\\Windows\\Temp\\',
  '\\ProgramData\\',
  '\\Downloads\\',
  '\\Desktop\\',
  '\\Perflogs\\',
];
const ENDINGS = [
  '.exe',
  '.dll',
  '.ps1',
  '.vbs',
  '.js',
  '.hta',
  '.bat',
  '.lnk',
  '.zip',
  '.iso',
  '.tmp',
  '.dat',
];

const oneOf = (random: Random, list: readonly string[]): string => list[random.int(0, list.length - 1)] ?? '';
const several = (random: Random, most: number, make: () => string): readonly string[] => [
  ...new Set(Array.from({ length: random.int(1, most) }, make)),
];
const lines = (key: string, values: readonly string[]): readonly string[] => [
  `${key}:`,
  ...values.map((value) => `    - '${value.replaceAll("'", "''")}'`),
];
const program = (random: Random): string => oneOf(random, PROGRAMS);
const word = (random: Random): string => {
  const [verb, noun] = [oneOf(random, VERBS), oneOf(random, NOUNS)];
  const made = [
    `${verb}-${noun}${random.chance(0.5) ? oneOf(random, NOUNS) : ''}`,
    ` /${verb} `,
    ` -${noun.slice(0, random.int(2, 5))} `,
    ` --${verb}-${noun}`,
    `${noun}.${verb}(`,
    oneOf(random, FOLDERS),
    oneOf(random, ENDINGS),
    `http://${noun}`,
    `${noun}${random.int(1, 99)}`,
  ];
  return oneOf(random, made);
};

const processes: Kind = (random) => {
  const parts: Part[] = [];
  const names = several(random, random.chance(0.7) ? 2 : 12, () => program(random));
  const images = names.map((name) => `\\${name}.exe`);
  if (random.chance(0.55))
    parts.push([
      'selection_img',
      [
        ...lines('- Image|endswith', images).map((line, i) => (i === 0 ? line : `  ${line}`)),
        ...lines(
          '- OriginalFileName',
          names.map((name) => `${name.toUpperCase()}.EXE`),
        ).map((line, i) => (i === 0 ? line : `  ${line}`)),
      ],
    ]);
  else if (random.chance(0.6)) parts.push(['selection_img', lines('Image|endswith', images)]);
  if (random.chance(0.28))
    parts.push([
      'selection_parent',
      lines(
        'ParentImage|endswith',
        several(random, 6, () => `\\${program(random)}.exe`),
      ),
    ]);
  if (parts.length === 0 || random.chance(0.85)) {
    const how = random.next();
    const modifier =
      how < 0.4 ? 'contains|all' : how < 0.47 ? 'contains|windash' : how < 0.52 ? 're' : 'contains';
    const most = random.chance(0.1) ? 40 : 5;
    parts.push([
      'selection_cli',
      modifier === 're'
        ? [`CommandLine|re: '${oneOf(random, NOUNS)}\\s+-[a-z]{2,8}\\s+"?[^"]+${oneOf(random, NOUNS)}'`]
        : lines(
            `CommandLine|${modifier}`,
            several(random, most, () => word(random)),
          ),
    ]);
  }
  return ['category: process_creation', parts];
};

/** Rules of one field mostly, of another log source. */
const simple =
  (logsource: string, field: string, make: (random: Random) => string, most = 6): Kind =>
  (random) => [
    logsource,
    [
      [
        'selection_main',
        lines(
          field,
          several(random, most, () => make(random)),
        ),
      ],
      ...(random.chance(0.3)
        ? [
            [
              'selection_img',
              lines(
                'Image|endswith',
                several(random, 4, () => `\\${program(random)}.exe`),
              ),
            ] as const,
          ]
        : []),
    ],
  ];

const key = (random: Random): string =>
  `\\${oneOf(random, ['Software\\Microsoft\\Windows\\CurrentVersion', 'System\\CurrentControlSet\\Services', 'Software\\Policies\\Microsoft', 'Software\\Classes'])}\\${oneOf(random, NOUNS)}\\${oneOf(random, VERBS)}${oneOf(random, NOUNS)}`;
const file = (random: Random): string => `\\${oneOf(random, NOUNS)}${oneOf(random, ENDINGS)}`;
const numbered =
  (service: string): Kind =>
  (random) => [
    `service: ${service}`,
    [
      [
        'selection_id',
        [
          `EventID: ${random.pick([4624, 4625, 4648, 4663, 4672, 4688, 4697, 4720, 4738, 5136, 5140, 5145, 7036, 7045])}`,
        ],
      ],
      [
        'selection_data',
        lines(
          `${oneOf(random, ['SubjectUserName', 'ObjectName', 'ServiceName', 'ShareName', 'ProcessName'])}|contains`,
          several(random, 5, () => word(random)),
        ),
      ],
    ],
  ];

/** Log sources with their share of all rules. */
const KINDS: readonly (readonly [number, Kind])[] = [
  [0.6, processes],
  [0.085, simple('category: registry_set', 'TargetObject|contains', key)],
  [0.015, simple('category: registry_event', 'TargetObject|endswith', key)],
  [0.07, simple('category: file_event', 'TargetFilename|endswith', file)],
  [0.065, simple('category: ps_script', 'ScriptBlockText|contains', word, 10)],
  [0.015, simple('category: ps_module', 'Payload|contains', word)],
  [0.05, numbered('security')],
  [0.025, numbered('system')],
  [
    0.04,
    simple(
      'category: image_load',
      'ImageLoaded|endswith',
      (random) => `\\${oneOf(random, NOUNS)}${oneOf(random, VERBS)}.dll`,
    ),
  ],
  [
    0.015,
    simple(
      'category: network_connection',
      'DestinationHostname|endswith',
      (random) => `.${oneOf(random, NOUNS)}.com`,
    ),
  ],
  [0.01, simple('category: dns_query', 'QueryName|contains', (random) => oneOf(random, NOUNS))],
  [0.01, simple('category: process_access', 'TargetImage|endswith', (random) => `\\${program(random)}.exe`)],
];

function kindOf(random: Random): Kind {
  let at = random.next();
  for (const [share, kind] of KINDS) {
    at -= share;
    if (at < 0) return kind;
  }
  return processes;
}

function filterOf(random: Random): Part {
  return [
    'filter_main',
    random.chance(0.6)
      ? lines(
          'Image|startswith',
          several(random, 3, () => `C:\\Program Files\\${oneOf(random, NOUNS)}\\`),
        )
      : lines(
          'ParentImage|endswith',
          several(random, 3, () => `\\${program(random)}.exe`),
        ),
  ];
}
