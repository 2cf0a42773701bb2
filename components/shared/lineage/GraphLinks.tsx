import { shortElapsed } from './describeItem';
import { LineageLink } from './LineageLink';
import type { LaidLink, LineageLayout } from './layoutLineage';

/** The lines of a drawing; hidden from screen readers, whom each item tells its link. */
export function GraphLinks(props: {
  links: readonly LaidLink[];
  layout: LineageLayout;
  /** Items on the way to the one pointed at. */
  lit: ReadonlySet<string>;
  plain: boolean;
}) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: a group of lines takes no focus; the items say each link
    <g aria-hidden="true">
      {props.links.map((link) => (
        <LineageLink
          key={link.id}
          link={link}
          lit={props.lit.has(link.toId)}
          inset={hasDisc(props.layout, link.toId) ? 8 : 0}
          plain={props.plain}
          label={
            link.id.startsWith('parent:') && link.elapsedMicros !== null
              ? shortElapsed(link.elapsedMicros)
              : null
          }
        />
      ))}
    </g>
  );
}

function hasDisc(layout: LineageLayout, id: string): boolean {
  const item = layout.tree.byId.get(id);
  return item?.type === 'process' && item.process.stages.length > 0;
}
