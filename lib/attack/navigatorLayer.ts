import {
  type LayerAnalytic,
  type LayerScore,
  type LayerStage,
  scoreOf,
  shareText,
  unknownNeeds,
} from './layerScore';

/** A layer of ATT&CK Navigator, format 4.5: as much of the format as is written here. */
export type NavigatorLayer = {
  readonly name: string;
  readonly versions: { readonly attack: string; readonly navigator: string; readonly layer: string };
  readonly domain: string;
  readonly description: string;
  readonly filters: { readonly platforms: readonly string[] };
  readonly sorting: number;
  readonly layout: {
    readonly layout: string;
    readonly aggregateFunction: string;
    readonly showID: boolean;
    readonly showName: boolean;
    readonly showAggregateScores: boolean;
    readonly countUnscored: boolean;
    readonly expandedSubtechniques: string;
  };
  readonly hideDisabled: boolean;
  readonly techniques: readonly LayerTechnique[];
  readonly gradient: {
    readonly colors: readonly string[];
    readonly minValue: number;
    readonly maxValue: number;
  };
  readonly legendItems: readonly { readonly label: string; readonly color: string }[];
  readonly metadata: readonly LayerFact[];
  readonly showTacticRowBackground: boolean;
};

/** A technique with what is known of it; without a score where no host's time tells of a stage it needs. */
export type LayerTechnique = {
  readonly techniqueID: string;
  readonly score?: number;
  readonly comment: string;
  readonly enabled: boolean;
  readonly metadata: readonly LayerFact[];
};

type LayerFact = { readonly name: string; readonly value: string } | { readonly divider: true };

/** What a layer is made of. */
export type LayerInput = {
  readonly score: LayerScore;
  /** The release that names techniques; null while there is none. */
  readonly release: { readonly name: string; readonly version: string | null } | null;
  /** UTC days, both included. */
  readonly from: string;
  readonly to: string;
  readonly hosts: number;
  /** What the hosts were narrowed to, as name and value; empty for all. */
  readonly narrowed: readonly { readonly name: string; readonly value: string }[];
  /** As the release's analytics name them. */
  readonly platforms: readonly string[];
  readonly analytics: readonly LayerAnalytic[];
};

/** Newest release the product was made with: what a layer is of while nobody brought one. */
const ATTACK_VERSION = '19';
const DOMAIN = 'enterprise-attack';
/** Platforms that both endpoints and the format know. */
const PLATFORMS = ['Windows', 'Linux', 'macOS'];
const COLORS = { low: '#c0392b', middle: '#f1c40f', high: '#27ae60' };
const MEANING = {
  visible: 'Share of host time in which each technique could be seen',
  proven: 'Share of hosts on which a replayed attack proved that each technique is seen',
};

/**
 * Coverage by technique as a layer that opens in ATT&CK Navigator. Techniques stand without a tactic: the annotation
 * shows under each of theirs, whichever release the Navigator has. Techniques that nobody mapped are left out.
 */
export function navigatorLayer(input: LayerInput): NavigatorLayer {
  const { score, release, from, to, hosts } = input;
  return {
    name: `Sequela coverage: ${score}`,
    versions: { attack: versionOf(release?.version), navigator: '5.3.2', layer: '4.5' },
    domain: DOMAIN,
    description: describe(input),
    filters: { platforms: platformsOf(input.platforms) },
    sorting: 3,
    layout: {
      layout: 'side',
      aggregateFunction: 'average',
      showID: true,
      showName: true,
      showAggregateScores: false,
      countUnscored: false,
      expandedSubtechniques: 'annotated',
    },
    hideDisabled: false,
    techniques: techniquesOf(input.analytics, score),
    gradient: { colors: [COLORS.low, COLORS.middle, COLORS.high], minValue: 0, maxValue: 100 },
    legendItems: legendOf(score),
    metadata: [
      { name: 'period', value: `${from}/${to}` },
      { name: 'hosts', value: String(hosts) },
      ...input.narrowed,
      ...(release === null ? [] : [{ name: 'release', value: release.name }]),
    ],
    showTacticRowBackground: false,
  };
}

/** The name of a layer as a file. */
export function layerFileName({ score, from, to }: Pick<LayerInput, 'score' | 'from' | 'to'>): string {
  return `sequela-attack-${score}-${from}-${to}.json`;
}

/** The Navigator reads the first number of it, and fails where there is none. */
function versionOf(version: string | null | undefined): string {
  return version !== null && version !== undefined && /^\d{1,3}(?:\.\d{1,3})?$/.test(version)
    ? version
    : ATTACK_VERSION;
}

function platformsOf(named: readonly string[]): readonly string[] {
  const known = PLATFORMS.filter((platform) => named.includes(platform));
  return known.length === 0 ? ['Windows'] : known;
}

function describe({ score, release, from, to, hosts, analytics }: LayerInput): string {
  const of = `${hosts} ${hosts === 1 ? 'host' : 'hosts'}, ${from} to ${to} (UTC)`;
  if (analytics.some(({ techniques }) => techniques.length > 0))
    return `${MEANING[score]}: ${of}. A technique is as visible as the least visible stage that its analytic cannot do without.`;
  const why =
    release === null
      ? 'no release of ATT&CK was brought and nobody mapped an analytic to a technique'
      : `${release.name} maps none of the analytics in force and nobody mapped one to a technique`;
  return `Empty: ${why}. ${of}.`;
}

function legendOf(score: LayerScore): NavigatorLayer['legendItems'] {
  const words =
    score === 'visible'
      ? ['blind', 'visible half of the time', 'visible']
      : ['not proven', 'proven on half of the hosts', 'proven'];
  return [COLORS.low, COLORS.middle, COLORS.high].map((color, at) => ({ color, label: words[at] ?? '' }));
}

/** By technique, in order of id; with several analytics the best one's score counts: any of them would tell. */
function techniquesOf(analytics: readonly LayerAnalytic[], score: LayerScore): NavigatorLayer['techniques'] {
  const ids = [...new Set(analytics.flatMap(({ techniques }) => techniques))].sort();
  return ids.map((techniqueID) => {
    const about = analytics.filter(({ techniques }) => techniques.includes(techniqueID));
    const scores = about.flatMap((analytic) => scoreOf(analytic, score) ?? []);
    return {
      techniqueID,
      ...(scores.length === 0 ? {} : { score: Math.max(...scores) }),
      comment: about.map((analytic) => commentOf(analytic, score)).join('; '),
      enabled: true,
      metadata: about.flatMap((analytic, at) => [
        ...(at === 0 ? [] : [{ divider: true } as const]),
        ...analytic.stages.map((stage) => factOf(analytic.analytic, stage)),
      ]),
    };
  });
}

function commentOf(about: LayerAnalytic, score: LayerScore): string {
  const { analytic, strategy, stages } = about;
  const who = strategy === null ? analytic : `${analytic} via ${strategy}`;
  const unknown = unknownNeeds(about, score).map((needed) => needed.join(' or '));
  const told = stages.flatMap(({ id, blindHosts, partialHosts }) => [
    ...(blindHosts > 0 ? [`${id} blind on ${hostsText(blindHosts)}`] : []),
    ...(partialHosts > 0 ? [`${id} partial on ${hostsText(partialHosts)}`] : []),
  ]);
  if (unknown.length > 0) told.push(`not scored: no host time tells of ${unknown.join(', ')}`);
  return told.length === 0 ? who : `${who}: ${told.join(', ')}`;
}

function hostsText(hosts: number): string {
  return `${hosts} ${hosts === 1 ? 'host' : 'hosts'}`;
}

function factOf(analytic: string, stage: LayerStage): LayerFact {
  const { visible, partial, blind } = stage.time;
  const all = visible + partial + blind;
  const time =
    all === 0
      ? 'no host time in the period'
      : `visible ${shareText(visible, all)}, partial ${shareText(partial, all)}, blind ${shareText(blind, all)}`;
  const proven =
    stage.provenAt === null
      ? 'not proven'
      : `proven ${stage.provenAt.slice(0, 10)}, on ${stage.provenHosts} of ${hostsText(stage.hosts)}`;
  return { name: `${analytic} ${stage.id}`, value: `${time}; ${proven}` };
}
