/** What the score of a layer says. */
export type LayerScore = 'visible' | 'proven';

/** One stage of an analytic over all hosts of the period. */
export type LayerStage = {
  /** Within its analytic: `network`. */
  readonly id: string;
  /** Host time by what could be seen, in one unit. */
  readonly time: { readonly visible: number; readonly partial: number; readonly blind: number };
  readonly hosts: number;
  readonly partialHosts: number;
  readonly blindHosts: number;
  readonly provenHosts: number;
  /** ISO time of the newest replay that matched it; null while none did. */
  readonly provenAt: string | null;
};

/** An analytic with the techniques it is about. */
export type LayerAnalytic = {
  readonly analytic: string;
  /** Id of the strategy of the release that names it; null where there is none. */
  readonly strategy: string | null;
  /** Ids, each once; empty for one that nobody mapped. */
  readonly techniques: readonly string[];
  readonly stages: readonly LayerStage[];
  /** What a chain cannot do without: at least `min` of each of these sets of stages. */
  readonly needs: readonly { readonly stages: readonly string[]; readonly min: number }[];
};

/**
 * How well an analytic sees, 0 to 100 in whole numbers, never rounded up: the weakest of what its chain cannot do
 * without. Of stages that stand for each other the best ones count. Undefined when one of them has no host that counts:
 what nobody knows of a link is not known of the chain.
 */
export function scoreOf(analytic: LayerAnalytic, score: LayerScore): number | undefined {
  const links = linksOf(analytic, score);
  const known = links.flatMap(({ percent }) => percent ?? []);
  return links.length === 0 || known.length < links.length ? undefined : Math.floor(Math.min(...known));
}

/** What a chain cannot do without and nothing is known of, as the stages of each: why there is no score. */
export function unknownNeeds(analytic: LayerAnalytic, score: LayerScore): readonly (readonly string[])[] {
  return linksOf(analytic, score).flatMap(({ stages, percent }) => (percent === undefined ? [stages] : []));
}

function linksOf(analytic: LayerAnalytic, score: LayerScore) {
  const percents = new Map(
    analytic.stages.flatMap((stage) => {
      const percent = score === 'visible' ? visiblePercent(stage) : provenPercent(stage);
      return percent === undefined ? [] : [[stage.id, percent] as const];
    }),
  );
  return analytic.needs.map(({ stages, min }) => {
    const best = stages.flatMap((id) => percents.get(id) ?? []).sort((a, b) => b - a);
    return { stages, percent: best[Math.max(min, 1) - 1] };
  });
}

/** A part of a whole in percent with one decimal, never rounded up: only all of it is 100 %. */
export function shareText(part: number, whole: number): string {
  // Multiplied first: 29 of 100 is 29 %, which 0.29 times 100 is not.
  return `${(Math.floor((part * 1000) / whole) / 10).toFixed(1)} %`;
}

function visiblePercent({ time: { visible, partial, blind } }: LayerStage): number | undefined {
  const all = visible + partial + blind;
  return all === 0 ? undefined : (visible * 100) / all;
}

function provenPercent({ provenHosts, hosts }: LayerStage): number | undefined {
  return hosts === 0 ? undefined : (provenHosts * 100) / hosts;
}
