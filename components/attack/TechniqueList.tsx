'use client';

import { HostileText } from '@/components/shared/MonoText';
import { useMay } from '@/components/shared/me';
import { ProblemNote } from '@/components/shared/ProblemNote';
import { PersonName } from '@/components/shared/people';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Table, Td, Th } from '@/components/ui/Table';
import type { TechniqueMapping } from '@/lib/contracts/attack';
import { useUnmapTechnique } from './attackQueries';
import { DOUBT_WORD } from './attackWords';

/** The techniques of one analytic, who says so, and what the newest release has against it. */
export function TechniqueList(props: { analytic: string; techniques: readonly TechniqueMapping[] }) {
  const { analytic, techniques } = props;
  const unmap = useUnmapTechnique();
  if (techniques.length === 0) return <p className="mt-1.5 text-text-3">Mapped to no technique.</p>;
  return (
    <>
      <Table caption={`Techniques of ${analytic}`} className="mt-1.5">
        <thead>
          <tr>
            <Th>Technique</Th>
            <Th>Who says so</Th>
            <Th>Since</Th>
            <Th className="pr-0">
              <span className="sr-only">Actions</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {techniques.map((mapping) => (
            <TechniqueRow
              key={mapping.id}
              mapping={mapping}
              analytic={analytic}
              busy={unmap.isPending}
              onTakeBack={() => unmap.mutate(mapping.id)}
            />
          ))}
        </tbody>
      </Table>
      {unmap.error === null ? null : (
        <ProblemNote
          compact
          error={unmap.error}
          what="The mapping was not taken back"
          safe="It is still in force."
        />
      )}
    </>
  );
}

function TechniqueRow(props: {
  mapping: TechniqueMapping;
  analytic: string;
  busy: boolean;
  onTakeBack: () => void;
}) {
  const { technique, name, origin, reason, by, at, doubt } = props.mapping;
  const mayWrite = useMay('attack.write');
  return (
    <tr>
      <Td>
        <span className="machine">{technique}</span>{' '}
        {name === null ? null : (
          <span className="font-medium">
            <HostileText text={name} />
          </span>
        )}
        {doubt === null ? null : (
          <span className="block text-warning">
            <span aria-hidden="true">! </span>
            {DOUBT_WORD[doubt]}
          </span>
        )}
      </Td>
      <Td className="max-w-[60ch] [overflow-wrap:anywhere]">
        {origin === 'bundle' ? (
          <>
            The release: <HostileText text={reason} />
          </>
        ) : (
          <>
            <PersonName handle={by} capital />: <HostileText text={reason} />
          </>
        )}
      </Td>
      <Td className="whitespace-nowrap text-text-2">
        <TimeText at={at} date precision="min" />
      </Td>
      <Td className="pr-0 text-right">
        {origin === 'person' && mayWrite ? (
          <Button
            size="sm"
            variant="quiet"
            disabled={props.busy}
            aria-label={`Take back that ${props.analytic} is about ${technique}`}
            onClick={props.onTakeBack}
          >
            Take back
          </Button>
        ) : null}
      </Td>
    </tr>
  );
}
