import Link from 'next/link';
import { PanelSection } from '@/components/shared/event/PanelSection';
import { HostileText } from '@/components/shared/MonoText';
import { AgeText } from '@/components/shared/TimeText';
import { Table, Td, Th } from '@/components/ui/Table';
import type { HostView } from '@/lib/contracts/hosts';

/** The imports that brought events of it; each opens its ledger. */
export function HostImports({ host }: { host: HostView }) {
  return (
    <PanelSection title="Imports it came from">
      {host.imports.length === 0 ? (
        <p className="text-text-3">None that is still stored.</p>
      ) : (
        <Table caption="Imports that brought events of this host">
          <thead>
            <tr>
              <Th>Import</Th>
              <Th>Format</Th>
              <Th className="text-right">Events</Th>
              <Th className="pr-0 text-right">Imported</Th>
            </tr>
          </thead>
          <tbody>
            {host.imports.map((each) => (
              <tr key={each.id}>
                <Td className="[overflow-wrap:anywhere]">
                  <Link
                    className="link inline-block min-h-6"
                    href={`/imports?import=${encodeURIComponent(each.id)}`}
                  >
                    <HostileText text={each.name} />
                  </Link>
                </Td>
                <Td className="text-text-2">{each.format ?? 'several or none'}</Td>
                <Td className="num text-right">{each.events.toLocaleString('en')}</Td>
                <Td className="num pr-0 text-right text-text-2">
                  <AgeText at={each.at} />
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </PanelSection>
  );
}
