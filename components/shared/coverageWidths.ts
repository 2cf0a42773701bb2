/** How many hosts, or how much time, each of the three states has. */
export type CoverageParts = { readonly visible: number; readonly partial: number; readonly blind: number };

/** Widths of the three parts in percent, together 100; all 0 where there is nothing. */
export function coverageWidths(coverage: CoverageParts): CoverageParts {
  const total = coverage.visible + coverage.partial + coverage.blind;
  const share = (part: number) => (total === 0 ? 0 : (part / total) * 100);
  return { visible: share(coverage.visible), partial: share(coverage.partial), blind: share(coverage.blind) };
}
