import type { z } from 'zod';
import type { Analytic } from '../../analytics/analytic';
import type { LayerAnalytic, LayerStage } from '../../attack/layerScore';
import {
  type LayerInput,
  layerFileName,
  type NavigatorLayer,
  navigatorLayer,
} from '../../attack/navigatorLayer';
import type { AttackMappings, navigatorQuery } from '../../contracts/attack';
import type { CoverageView } from '../../contracts/coverage';
import { readCoverage } from '../coverage/readCoverage';
import { readCatalogue } from '../readCatalogue';
import { readTechniqueMappings } from './techniqueMappings';

type NavigatorQuery = z.output<typeof navigatorQuery>;

/** Coverage by technique as a layer of ATT&CK Navigator, and the name of its file. `now` decides how old a proof is. */
export async function readNavigatorLayer(
  query: NavigatorQuery,
  now: Date,
): Promise<{ readonly name: string; readonly layer: NavigatorLayer }> {
  const { score, ...narrowed } = query;
  const [{ catalogue }, mappings, coverage] = await Promise.all([
    readCatalogue(),
    readTechniqueMappings(),
    readCoverage({ ...narrowed, by: 'group' }, now),
  ]);
  const input: LayerInput = {
    score,
    release: mappings.bundle,
    from: coverage.from,
    to: coverage.to,
    hosts: coverage.hosts,
    narrowed: narrowedBy(query),
    platforms: mappings.items.flatMap(({ object }) => object?.platforms ?? []),
    analytics: catalogue.analytics
      .filter(({ id }) => query.analytic === undefined || id === query.analytic)
      .map((analytic) => layerAnalytic(analytic, mappings, coverage)),
  };
  return { name: layerFileName(input), layer: navigatorLayer(input) };
}

const NARROWS = ['group', 'os', 'source', 'analytic'] as const;

function narrowedBy(query: NavigatorQuery): LayerInput['narrowed'] {
  return NARROWS.flatMap((name) => {
    const value = query[name];
    return value === undefined || value === '' ? [] : [{ name, value }];
  });
}

function layerAnalytic(analytic: Analytic, mappings: AttackMappings, coverage: CoverageView): LayerAnalytic {
  const mapped = mappings.items.find((item) => item.analytic === analytic.id);
  return {
    analytic: analytic.id,
    strategy: mapped?.strategy?.attackId ?? null,
    techniques: [...new Set(mapped?.techniques.map(({ technique }) => technique))],
    stages: coverage.rows.filter((row) => row.analytic === analytic.id).map(layerStage),
    needs: needsOf(analytic),
  };
}

function layerStage({ analytic, stage, total, proof }: CoverageView['rows'][number]): LayerStage {
  const { time, hosts, partialHosts, blindHosts, provenHosts } = total;
  return {
    id: stage.slice(analytic.length + 1),
    time,
    hosts,
    partialHosts,
    blindHosts,
    provenHosts,
    provenAt: proof?.fresh === true ? proof.at : null,
  };
}

/** Each required stage by itself, and of each group of alternatives as many as complete it. */
function needsOf({ stages, groups }: Analytic): LayerAnalytic['needs'] {
  return [
    ...stages.filter(({ required }) => required).map(({ id }) => ({ stages: [id], min: 1 })),
    ...[...groups.values()].map(({ id, min }) => ({
      stages: stages.filter(({ group }) => group === id).map((stage) => stage.id),
      min,
    })),
  ];
}
