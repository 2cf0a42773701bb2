import type { FindingDetail, StageView, VerdictView } from '../../contracts/findings';
import { VERDICT_WORD } from '../../contracts/scalars';
import { ownId } from './stixIds';
import { SPEC, type StixObject } from './stixMakers';
import { createObservables } from './stixObservables';
import { type Story, whatOf } from './story';
import { joinWords } from './words';

/** A STIX 2.1 bundle: its objects refer to each other and to nothing outside of it. */
export type StixBundle = {
  readonly type: 'bundle';
  readonly id: string;
  readonly objects: readonly StixObject[];
};

/**
 * A finding as a STIX 2.1 bundle: what was observed (observed-data over cyber-observables), which techniques that shows
 * (a sighting each, at the host), all of it in one grouping with the story as its note and the verdict as an opinion.
 * What STIX has no word for stands in an extension of ours on the grouping. No clock is read.
 */
export function toStix(story: Story): StixBundle {
  const { finding } = story;
  const made = timesOf(finding);
  const host = hostIdentity(finding);
  const observables = createObservables(story.events, finding.hostId);
  const data = finding.stages
    .flatMap((stage) =>
      stage.events.map((event) => ({
        type: 'observed-data',
        id: ownId('observed-data', `${finding.id}|${stage.id}|${event.eventId}`),
        ...made,
        first_observed: event.time,
        last_observed: event.time,
        number_observed: 1,
        object_refs: observables.keep(event),
        external_references: [
          {
            source_name: 'sequela',
            external_id: event.eventId,
            description: `${stage.title}: ${whatOf(event)}`,
          },
        ],
      })),
    )
    .filter(({ object_refs }) => object_refs.length > 0);
  const techniques = finding.techniques.map((id) => attackPattern(id));
  const sightings = techniques.map((technique) => sightingOf(technique, finding, host, data, made));
  const resolutions = observables
    .resolutions()
    .map(({ from, to }) => relationship('resolves-to', finding, from, to, made));
  const content = [host, ...observables.objects(), ...data, ...techniques, ...sightings, ...resolutions];
  const grouping = groupingOf(story, content, made);
  const note = {
    type: 'note',
    id: ownId('note', finding.id),
    ...made,
    abstract: finding.headline,
    content: storyText(finding),
    object_refs: [grouping.id],
  };
  return {
    type: 'bundle',
    id: ownId('bundle', finding.id),
    objects: [
      SEQUELA,
      EXTENSION,
      ...content,
      grouping,
      note,
      ...(finding.verdict === null ? [] : [opinionOf(finding, finding.verdict, grouping.id)]),
    ],
  };
}

/** When what the product itself says of itself was written. */
const BEGUN = '2026-01-01T00:00:00.000Z';

const SEQUELA: StixObject = {
  type: 'identity',
  ...SPEC,
  id: ownId('identity', 'sequela'),
  created: BEGUN,
  modified: BEGUN,
  name: 'Sequela',
  description: 'Proves or disproves cause-and-effect chains in endpoint telemetry.',
  identity_class: 'system',
};

const EXTENSION: StixObject = {
  type: 'extension-definition',
  ...SPEC,
  id: ownId('extension-definition', 'sequela-finding'),
  created_by_ref: SEQUELA.id,
  created: BEGUN,
  modified: BEGUN,
  name: 'Sequela finding',
  description:
    'How a chain was judged: its stages with their states, its score and where its records came from.',
  schema:
    'Object with finding_id, analytic, analytic_version, status, severity, score, weakest_link, stages (id, title, state, reason, join, events_total) and imports (name, sha256).',
  version: '1.0.0',
  extension_types: ['property-extension'],
};

type Made = {
  readonly spec_version: '2.1';
  readonly created_by_ref: string;
  readonly created: string;
  readonly modified: string;
};

/**
 * Objects are as old as the finding. STIX tells versions of one object apart by `modified`; when a revision was made is
 * not stored, so each is a millisecond after the one before: later than that, and the same in every export of it. The
 * verdict has its own times.
 */
function timesOf({ createdAt, revision }: FindingDetail): Made {
  const modified = new Date(Date.parse(createdAt) + Math.max(0, revision - 1));
  return {
    ...SPEC,
    created_by_ref: SEQUELA.id,
    created: milliseconds(createdAt),
    modified: modified.toISOString(),
  };
}

/** `created` and `modified` are written to the millisecond. */
function milliseconds(time: string): string {
  return new Date(time).toISOString();
}

function hostIdentity({ host, hostId }: FindingDetail): StixObject {
  return {
    type: 'identity',
    ...SPEC,
    id: ownId('identity', `host|${hostId}|${host}`),
    created_by_ref: SEQUELA.id,
    created: BEGUN,
    modified: BEGUN,
    name: host,
    identity_class: 'system',
  };
}

function attackPattern(technique: string): StixObject {
  return {
    type: 'attack-pattern',
    ...SPEC,
    id: ownId('attack-pattern', technique),
    created_by_ref: SEQUELA.id,
    created: BEGUN,
    modified: BEGUN,
    name: `ATT&CK ${technique}`,
    external_references: [
      {
        source_name: 'mitre-attack',
        external_id: technique,
        url: `https://attack.mitre.org/techniques/${technique.replace('.', '/')}`,
      },
    ],
  };
}

function sightingOf(
  technique: StixObject,
  finding: FindingDetail,
  host: StixObject,
  data: readonly StixObject[],
  made: Made,
): StixObject {
  return {
    type: 'sighting',
    id: ownId('sighting', `${finding.id}|${technique.id}`),
    ...made,
    first_seen: finding.from,
    last_seen: finding.to,
    count: 1,
    sighting_of_ref: technique.id,
    ...(data.length === 0 ? {} : { observed_data_refs: data.map(({ id }) => id) }),
    where_sighted_refs: [host.id],
  };
}

/** As a finding tells it: of another finding the same two things are related at another time. */
function relationship(
  kind: string,
  finding: FindingDetail,
  from: string,
  to: string,
  made: Made,
): StixObject {
  return {
    type: 'relationship',
    id: ownId('relationship', `${finding.id}|${kind}|${from}|${to}`),
    ...made,
    relationship_type: kind,
    source_ref: from,
    target_ref: to,
  };
}

function groupingOf({ finding, imports }: Story, content: readonly StixObject[], made: Made): StixObject {
  return {
    type: 'grouping',
    id: ownId('grouping', finding.id),
    ...made,
    name: finding.headline,
    description: `${finding.analytic} ${finding.analyticTitle}: ${finding.status}, ${finding.severity}, score ${finding.score} of 100.`,
    context: 'suspicious-activity',
    object_refs: content.map(({ id }) => id),
    extensions: {
      [EXTENSION.id]: {
        extension_type: 'property-extension',
        finding_id: finding.id,
        analytic: finding.analytic,
        analytic_version: finding.analyticVersion,
        status: finding.status,
        severity: finding.severity,
        score: finding.score,
        weakest_link: finding.weakestLink.text,
        stages: finding.stages.map(stageFacts),
        imports: imports.map(({ name, sha256 }) => ({ name, sha256 })),
      },
    },
  };
}

function stageFacts(stage: StageView): Readonly<Record<string, unknown>> {
  const join = joinWords(stage);
  return {
    id: stage.id,
    title: stage.title,
    required: stage.required,
    state: stage.state,
    ...(stage.stateReason === null ? {} : { reason: stage.stateReason }),
    ...(join === null ? {} : { join }),
    events_total: stage.eventsTotal,
  };
}

function storyText({ story, headline }: FindingDetail): string {
  const told = story.map(({ text }) => text).join('\n');
  return told === '' ? headline : told;
}

const OPINION = {
  true_positive: 'strongly-agree',
  benign_true_positive: 'agree',
  false_positive: 'strongly-disagree',
  undetermined: 'neutral',
} as const;

function opinionOf(finding: FindingDetail, verdict: VerdictView, grouping: string): StixObject {
  const given = milliseconds(verdict.at);
  return {
    type: 'opinion',
    ...SPEC,
    id: ownId('opinion', finding.id),
    created_by_ref: SEQUELA.id,
    created: milliseconds(finding.createdAt),
    modified: given < milliseconds(finding.createdAt) ? milliseconds(finding.createdAt) : given,
    opinion: OPINION[verdict.value],
    explanation: `${VERDICT_WORD[verdict.value]}${verdict.reason === '' ? '' : `: ${verdict.reason}`}`,
    authors: [verdict.by],
    object_refs: [grouping],
  };
}
