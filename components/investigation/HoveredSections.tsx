'use client';

import type { ComponentProps } from 'react';
import { type Hover, useHovered } from './hover';
import { LineageSection } from './LineageSection';
import { SequenceSection } from './SequenceSection';

type LineageProps = Omit<ComponentProps<typeof LineageSection>, 'hoveredId' | 'onHover'>;
type SequenceProps = Omit<ComponentProps<typeof SequenceSection>, 'litEntityId' | 'litEventId' | 'onHover'>;

/** The lineage, lighting what the pointer is on in either picture. */
export function HoveredLineage({ hover, ...props }: LineageProps & { hover: Hover }) {
  const { itemId } = useHovered(hover);
  return (
    <LineageSection
      {...props}
      hoveredId={itemId}
      onHover={(next) => hover.set({ itemId: next, eventId: null })}
    />
  );
}

/** The sequence, lighting what the pointer is on in either picture: of an artefact, the event that made it. */
export function HoveredSequence({ hover, ...props }: SequenceProps & { hover: Hover }) {
  const { itemId, eventId } = useHovered(hover);
  const artefact = props.lineage?.artefacts.find((each) => `artefact:${each.id}` === itemId);
  return (
    <SequenceSection
      {...props}
      litEntityId={artefact === undefined ? itemId : null}
      litEventId={artefact?.eventId ?? eventId}
      onHover={(mark) =>
        hover.set({ itemId: mark?.event.entityId ?? null, eventId: mark?.event.eventId ?? null })
      }
    />
  );
}
