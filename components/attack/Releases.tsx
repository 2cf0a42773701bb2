'use client';

import { useState } from 'react';
import { hostilePlain } from '@/components/shared/hostileText';
import { HostileText, useCopy } from '@/components/shared/MonoText';
import { Allowed, useMay } from '@/components/shared/me';
import { PersonName } from '@/components/shared/people';
import { sizeText } from '@/components/shared/sizeText';
import { TimeText } from '@/components/shared/TimeText';
import { Button } from '@/components/ui/Button';
import { Table, Td, Th } from '@/components/ui/Table';
import type { AttackBundle } from '@/lib/contracts/attack';
import { AddRelease } from './AddRelease';
import { leftOutText, objectsText, shortHash } from './attackWords';
import { RemoveReleaseDialog } from './RemoveReleaseDialog';

/** The releases that people brought, with their hashes; the last one brought names things. */
export function Releases({ items }: { items: readonly AttackBundle[] }) {
  const [removing, setRemoving] = useState<AttackBundle | null>(null);
  return (
    <section aria-labelledby="attack-releases" className="mt-6">
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <h2 id="attack-releases" className="flex-1 text-15">
          Releases of ATT&CK
        </h2>
        <Allowed to="attack.write" told>
          <AddRelease />
        </Allowed>
      </div>
      {items.length === 0 ? (
        <div className="mt-1 max-w-[72ch] space-y-1.5 text-text-2">
          <p>
            None was brought, and Sequela fetches none: it makes no connection of its own. Take the STIX 2.1
            file of the Enterprise domain, enterprise-attack.json, from attack.mitre.org (Resources, ATT&CK
            Data & Tools), and choose it here. It may be packed with gzip.
          </p>
          <p>It stays on this server. From then on techniques have names, and mappings follow the release.</p>
        </div>
      ) : (
        <Table caption="Releases of ATT&CK" className="mt-2">
          <thead>
            <tr>
              <Th>Release</Th>
              <Th>SHA-256</Th>
              <Th>Holds</Th>
              <Th>Brought</Th>
              <Th className="pr-0">
                <span className="sr-only">Actions</span>
              </Th>
            </tr>
          </thead>
          <tbody>
            {items.map((release, place) => (
              <ReleaseRow
                key={release.id}
                release={release}
                inForce={place === 0}
                onRemove={() => setRemoving(release)}
              />
            ))}
          </tbody>
        </Table>
      )}
      {removing === null ? null : (
        <RemoveReleaseDialog
          release={removing}
          inForce={removing.id === items[0]?.id}
          onClose={() => setRemoving(null)}
        />
      )}
    </section>
  );
}

function ReleaseRow(props: { release: AttackBundle; inForce: boolean; onRemove: () => void }) {
  const { name, sha256, bytes, domain, version, specVersion, counts, addedBy, addedAt } = props.release;
  const copy = useCopy();
  const mayWrite = useMay('attack.write');
  const leftOut = leftOutText(counts);
  return (
    <tr>
      <Td className="[overflow-wrap:anywhere]">
        <span className="font-medium">
          <HostileText text={name} />
        </span>
        {props.inForce ? <span className="text-12 text-text-2"> · names things</span> : null}
        <span className="block text-12 text-text-3">
          {domain === null ? 'domain not told' : <HostileText text={domain} />},{' '}
          {version === null ? 'version not told' : <HostileText text={`version ${version}`} />}
          {specVersion === null ? null : <HostileText text={`, specification ${specVersion}`} />},{' '}
          <span className="num">{sizeText(bytes)}</span>
        </span>
      </Td>
      <Td className="whitespace-nowrap">
        <span className="machine" title={sha256}>
          {shortHash(sha256)}
        </span>{' '}
        <Button
          size="sm"
          variant="quiet"
          aria-label={`Copy the SHA-256 of ${hostilePlain(name)}`}
          onClick={() => copy(sha256, 'SHA-256 copied.')}
        >
          Copy
        </Button>
      </Td>
      <Td className="num text-text-2">
        {objectsText(counts).join(', ')}
        {leftOut === null ? null : <span className="block text-12 text-text-3">{leftOut}</span>}
      </Td>
      <Td className="whitespace-nowrap text-text-2">
        <TimeText at={addedAt} date precision="min" />
        <span className="block text-12 text-text-3">
          by <PersonName handle={addedBy} />
        </span>
      </Td>
      <Td className="pr-0 text-right">
        {mayWrite ? (
          <Button
            size="sm"
            variant="danger"
            aria-label={`Remove ${hostilePlain(name)}`}
            onClick={props.onRemove}
          >
            Remove…
          </Button>
        ) : null}
      </Td>
    </tr>
  );
}
