import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsTestingAdapter } from 'nuqs/adapters/testing';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { MeProvider } from '@/components/shared/me';
import { ToastProvider } from '@/components/ui/Toast';
import type { AttackBundle, AttackMappings, AttackObject } from '@/lib/contracts/attack';
import type { MeView } from '@/lib/contracts/people';
import { AttackScreen } from './AttackScreen';
import { mappingsQuery, releasesQuery } from './attackQueries';

const release: AttackBundle = {
  id: '1',
  name: 'enterprise-attack.json',
  sha256: 'ab'.repeat(32),
  bytes: 44_000_000,
  domain: 'enterprise-attack',
  version: '19.1',
  specVersion: '3.3.0',
  counts: { technique: 697, unreadable: 1 },
  addedBy: 'lea',
  addedAt: '2026-11-20T10:00:00.000Z',
};
const object = (attackId: string, type: AttackObject['type'], url: string): AttackObject => ({
  stixId: `x--${attackId}`,
  type,
  attackId,
  name: `Named ${attackId}`,
  version: '1.0',
  modified: null,
  sha256: 'cd'.repeat(32),
  url,
  revoked: false,
  deprecated: false,
  platforms: ['Windows'],
});
const mapped: AttackMappings['items'] = [
  {
    analytic: 'AN1397',
    title: 'mshta runs script content, then acts',
    object: object('AN1397', 'analytic', 'https://attack.mitre.org/detectionstrategies/DET0506#AN1397'),
    strategy: object('DET0506', 'strategy', 'https://example.net/phish'),
    techniques: [
      {
        id: '1',
        technique: 'T1218.005',
        name: 'Mshta',
        origin: 'bundle',
        reason: 'DET0506 detects T1218.005',
        by: 'lea',
        at: '2026-11-20T10:00:00.000Z',
        doubt: null,
      },
      {
        id: '2',
        technique: 'T1204',
        name: null,
        origin: 'person',
        reason: '<b>seen</b> in an exercise',
        by: 'ada',
        at: '2026-11-21T10:00:00.000Z',
        doubt: 'revoked',
      },
    ],
  },
];

function drawn(view: AttackMappings, permissions: MeView['permissions']): string {
  const client = new QueryClient();
  client.setQueryData(mappingsQuery.queryKey, view);
  client.setQueryData(releasesQuery.queryKey, { items: view.bundle === null ? [] : [view.bundle] });
  return renderToStaticMarkup(
    <QueryClientProvider client={client}>
      <NuqsTestingAdapter>
        <MeProvider me={{ handle: 'lea', name: 'Lea', role: 'lead', permissions } as MeView}>
          <ToastProvider>
            <AttackScreen />
          </ToastProvider>
        </MeProvider>
      </NuqsTestingAdapter>
    </QueryClientProvider>,
  );
}

const READ: MeView['permissions'] = ['attack.read', 'coverage.read'];
const WRITE: MeView['permissions'] = [...READ, 'attack.write'];

describe('the screen of ATT&CK', () => {
  it('says who maps what, and what the newest release has against it', () => {
    const page = drawn({ items: mapped, bundle: release }, WRITE);
    expect(page).toContain('DET0506 detects T1218.005');
    expect(page).toContain('The newest release revoked this technique.');
    expect(page).toContain('697 techniques');
    expect(page).toContain('Left out: 1 unreadable.');
    expect(page).toContain('/api/v1/coverage/navigator-layer?score=proven');
    expect(page).toContain('© The MITRE Corporation');
  });

  it('offers to take back what a person said, not what the release says', () => {
    const page = drawn({ items: mapped, bundle: release }, WRITE);
    expect(page).toContain('Take back that AN1397 is about T1204');
    expect(page).not.toContain('Take back that AN1397 is about T1218.005');
  });

  it('offers no change to those who may only look, and says why once', () => {
    const page = drawn({ items: mapped, bundle: release }, READ);
    for (const control of ['Bring a release', 'Map to a technique', 'Take back', 'Remove'])
      expect(page).not.toContain(control);
    expect(page.split('cannot bring in releases').length).toBe(2);
  });

  it('shows what files and people say as text, and links to ATT&CK’s own site only', () => {
    const page = drawn({ items: mapped, bundle: release }, WRITE);
    expect(page).not.toContain('<b>seen');
    expect(page).toContain('href="https://attack.mitre.org/detectionstrategies/DET0506#AN1397"');
    expect(page).not.toContain('example.net');
  });

  it('says without a release that none is fetched, and where to get one', () => {
    const items = mapped.map((item) => ({ ...item, object: null, strategy: null, techniques: [] }));
    const page = drawn({ items, bundle: null }, WRITE);
    expect(page).toContain('Sequela fetches none');
    expect(page).toContain('attack.mitre.org');
    expect(page).toContain('Mapped to no technique.');
  });
});
