import type { HostView } from '@/lib/contracts/hosts';

type Coverage = HostView['coverage'];
export type CoverageState = Coverage[number]['state'];

/** What could be seen of a host, as a sentence: how many of the stages it is asked for. */
export function coverageSentence(coverage: Coverage): string {
  if (coverage.length === 0) return 'Nothing is known yet of what could be seen here';
  const count = (state: CoverageState) => coverage.filter((each) => each.state === state).length;
  const [visible, partial, blind] = [count('visible'), count('partial'), count('blind')];
  const all = coverage.length;
  if (visible === all) return `All ${all} stages could be seen here`;
  const rest = [...(partial > 0 ? [`${partial} in part`] : []), ...(blind > 0 ? [`${blind} blind`] : [])];
  return `${visible} of ${all} stages could be seen here, ${rest.join(', ')}`;
}

/** The worst state there is: what the eye is to find first. */
export function leastState(coverage: Coverage): CoverageState {
  if (coverage.some((each) => each.state === 'blind')) return 'blind';
  return coverage.some((each) => each.state === 'partial') ? 'partial' : 'visible';
}

/** Coverage by analytic, analytics and stages in the order given; a stage is `ANALYTIC/stage`. */
export function byAnalytic(coverage: Coverage): { analytic: string; stages: Coverage }[] {
  const groups = new Map<string, Coverage>();
  for (const each of coverage) {
    const analytic = each.stage.split('/')[0] ?? each.stage;
    groups.set(analytic, [...(groups.get(analytic) ?? []), each]);
  }
  return [...groups].map(([analytic, stages]) => ({ analytic, stages }));
}

/** A share as people read it: `all`, `none`, `<1 %`, `97 %`; never rounded up to all. */
export function shareText(share: number): string {
  if (share >= 1) return 'all';
  if (share <= 0) return 'none';
  const percent = Math.floor(share * 100);
  return percent < 1 ? '<1 %' : `${percent} %`;
}
