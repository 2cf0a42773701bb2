import { assert } from '../../base/assert';
import { formatMicros, MICROS_PER_DAY, MICROS_PER_MINUTE, micros, parseMicros } from '../../base/time';
import type { EndpointEvent } from '../../events/endpointEvent';
import { scenario } from '../../events/scenario';
import { createRandom } from '../random';
import type { AnalyticId } from '../truth';
import type { LabelledScenario, LookAlikeTruth, StoryTruth } from './labelledScenario';
import { expectedFrom, type RecordingLabel, toleratedFrom } from './labels';
import { MSHTA_CHAINS } from './mshta';
import { MSHTA_LOOK_ALIKES } from './mshtaLookAlikes';
import { tellQuietDay } from './quietDay';
import { SOURCES, type Source, type SourceId } from './sources';
import { SVG_CHAINS } from './svgConsequences';
import { SVG_LOOK_ALIKES } from './svgLookAlikes';
import { SVG_STORIES } from './svgStories';
import { USER_CHAINS } from './userExecution';
import { USER_LOOK_ALIKES } from './userLookAlikes';

/** Every labelled scenario, chains and look-alikes, in a fixed order. */
export const SCENARIOS: readonly LabelledScenario[] = [
  ...SVG_CHAINS,
  ...SVG_STORIES,
  ...SVG_LOOK_ALIKES,
  ...USER_CHAINS,
  ...USER_LOOK_ALIKES,
  ...MSHTA_CHAINS,
  ...MSHTA_LOOK_ALIKES,
];

/** One scenario in the form of one product, with what must be found in it. */
export type ScenarioRecording = {
  /** `svg-zip-explorer-callback.defender.ndjson`. */
  readonly file: string;
  readonly label: RecordingLabel;
  /** JSON lines without line ends, as the product exports them. */
  readonly lines: readonly string[];
};

/** A recording as the file that is exported: a line end after each line. */
export function bytesOf({ lines }: Pick<ScenarioRecording, 'lines'>): Uint8Array {
  return new TextEncoder().encode(`${lines.join('\n')}\n`);
}

/**
 * All recordings of all scenarios, made one after the other as they are asked for. Deterministic: the same bytes on
 * every machine. `only` picks scenarios by the beginning of their id.
 */
export function* scenarioRecordings(only = ''): Generator<ScenarioRecording, void, undefined> {
  for (const one of SCENARIOS) {
    if (!one.id.startsWith(only)) continue;
    const told = tell(one);
    for (const source of sourcesOf(one)) yield record(one, told, source);
  }
}

/** One scenario in the form of one product; undefined where that product did not record it. */
export function scenarioRecording(one: LabelledScenario, sourceId: SourceId): ScenarioRecording | undefined {
  const source = sourcesOf(one).find(({ id }) => id === sourceId);
  return source === undefined ? undefined : record(one, tell(one), source);
}

function sourcesOf({ sources }: LabelledScenario): readonly Source[] {
  return SOURCES.filter(({ id }) => sources === undefined || sources.includes(id));
}

type Told = {
  readonly host: string;
  readonly events: readonly EndpointEvent[];
  readonly truth: readonly StoryTruth[] | LookAlikeTruth;
};

const FIRST_DAY = '2026-03-02T00:00:00Z';
const PEOPLE = ['m.keller', 's.ivers', 'a.lindqvist', 'p.moreau', 'n.abadi', 't.okafor'] as const;

/** Hosts, people and times of day differ by scenario, so that nothing can be tuned to one of them. */
function tell(one: LabelledScenario): Told {
  const random = createRandom(`scenario/${one.id}`);
  const host = `ws-${random.int(100, 999)}.corp.example`;
  const day = parseMicros(FIRST_DAY);
  assert(day !== undefined, FIRST_DAY);
  const start = micros(
    day + random.int(0, 20) * MICROS_PER_DAY + random.int(7 * 60, 16 * 60) * MICROS_PER_MINUTE + 31_000_000,
  );
  let told = 0;
  const s = scenario({
    host,
    user: `CORP\\${random.pick(PEOPLE)}`,
    start: formatMicros(start),
    // The story's own ids are never written: a count tells its events apart.
    digest: () => String(told++).padStart(64, '0'),
  });
  tellQuietDay(s, start);
  const truth = one.tell(s);
  return { host, events: s.events().filter((event) => event['process.entity_id'] !== undefined), truth };
}

function record(one: LabelledScenario, told: Told, source: Source): ScenarioRecording {
  const lines = source.write(told.events).map((value) => JSON.stringify(value));
  const file = `${one.id}.${source.id}.ndjson`;
  const { truth, host } = told;
  const benign = 'why' in truth;
  const expect = benign
    ? toleratedFrom(truth, source)
    : truth.flatMap((each) => {
        const expected = expectedFrom(each, source);
        return expected === undefined ? [] : [expected];
      });
  return {
    file,
    lines,
    label: {
      file,
      title: one.title,
      format: source.title,
      host,
      expect,
      none_for: benign
        ? ALL.filter((id) => !expect.some(({ analytic }) => analytic === id))
        : unfounded(truth),
      ...(benign ? { why_none: truth.why } : {}),
      tags: ['generated', source.id, benign ? 'benign' : 'chain'],
      records: lines.length,
    },
  };
}

const ALL: readonly AnalyticId[] = ['AN1314', 'AN1397', 'AN1407'];

/** Analytics that the story says nothing happened for. Of those it does not name, nothing is said. */
function unfounded(truth: readonly StoryTruth[]): readonly AnalyticId[] {
  return truth.filter(({ happened }) => Object.keys(happened).length === 0).map(({ analytic }) => analytic);
}
