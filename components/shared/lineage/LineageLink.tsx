import { clsx } from 'clsx';
import { memo } from 'react';
import { hostilePlain } from '../hostileText';
import { fitEnd } from './fitText';
import type { LaidLink } from './layoutLineage';
import { brokenPaths, dashOf, linkPath } from './linkPath';

/** One link: solid when exact, dashed when inferred, cut when broken; the cause→effect path in the accent. */
export const LineageLink = memo(function LineageLink(props: {
  link: LaidLink;
  lit: boolean;
  label: string | null;
  /** Room the end's own marks take. */
  inset: number;
  /** True where no words could be read. */
  plain: boolean;
}) {
  const { link, lit, inset, plain } = props;
  const label = plain ? null : props.label;
  const stroke = link.onPath ? 'var(--accent)' : lit ? 'var(--text-2)' : 'var(--line-strong)';
  const shared = {
    fill: 'none',
    stroke,
    strokeWidth: link.onPath ? 2.25 : lit ? 1.75 : 1.25,
    strokeDasharray: dashOf(link.strength),
  };
  const end = link.points.at(-1);
  const words = link.strength === 'broken' ? null : label;
  const broken = link.strength === 'broken' ? brokenPaths(link.points) : null;
  return (
    <g>
      {broken === null ? (
        <path d={linkPath(link.points)} {...shared}>
          {link.reason === null ? null : <title>{hostilePlain(`${link.strength}: ${link.reason}`)}</title>}
        </path>
      ) : (
        <>
          <path d={broken.before} {...shared} />
          <path d={broken.after} {...shared} />
          <path
            d={`M${broken.at.x - 6} ${broken.at.y + 5}l4 -10M${broken.at.x + 2} ${broken.at.y + 5}l4 -10`}
            stroke="var(--warning)"
            strokeWidth={1.5}
            fill="none"
          />
          <title>{hostilePlain(`Broken link: ${link.reason ?? 'no reason given'}`)}</title>
        </>
      )}
      {broken !== null && end !== undefined && !plain ? (
        <text x={end.x + 4} y={end.y + 34} className="fill-warning text-[10px]">
          {fitEnd(`broken: ${link.reason ?? 'parent not recorded'}`, 40)}
        </text>
      ) : null}
      {words !== null && end !== undefined ? (
        <text
          x={end.x - 5 - inset}
          y={end.y - 5}
          textAnchor="end"
          className={clsx('num font-mono text-[10px]', link.onPath ? 'fill-text-1' : 'fill-text-3')}
          stroke="var(--surface-0)"
          strokeWidth={3}
          paintOrder="stroke"
        >
          {words}
        </text>
      ) : null}
    </g>
  );
});
