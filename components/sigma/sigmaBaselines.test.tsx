import { describe, expect, it, vi } from 'vitest';
import { PreviewNote } from './PreviewNote';
import { SigmaBaselinesScreen } from './SigmaBaselinesScreen';
import { sigmaBaselinesQuery } from './sigmaQueries';
import { drawn, type Fill, harmless, hostileHit, MANAGER } from './testScreens';
import { HOSTILE } from './testSigma';

vi.mock('next/navigation', () => ({ usePathname: () => '/sigma', useRouter: () => ({ push: vi.fn() }) }));

describe('what a baseline would cover', () => {
  const note = (losesTruePositives: number, isOfThis = true) =>
    drawn(
      <PreviewNote
        preview={{
          data: { covers: 12, of: 40, hosts: 2, losesTruePositives, examples: [hostileHit] },
          error: null,
          isOfThis,
          retry: () => undefined,
        }}
        accepted={false}
        onAccept={() => undefined}
      />,
      () => undefined,
    );

  it('is told in hits, and true positives among it are to be accepted', () => {
    expect(note(0)).toContain('It covers 12 of 40 open hits of this rule, on 2 hosts.');
    expect(note(0)).not.toContain('true positives');
    expect(note(3)).toContain('3 hits on processes that people called true positives');
    expect(note(3)).toContain('Cover them all the same');
    expect(note(3, false)).not.toContain('Cover them all the same');
    harmless(note(3));
  });
});

describe('baselines of hits', () => {
  const baseline = {
    id: '2',
    ruleId: 'r',
    rule: { title: HOSTILE },
    host: null,
    hostName: null,
    fields: { Image: [HOSTILE] },
    title: HOSTILE,
    reason: 'It is ours.',
    owner: 'lea',
    createdBy: 'lea',
    createdAt: '2026-11-20T10:00:00Z',
    expiresAt: '2027-02-20T00:00:00Z',
    state: 'active' as const,
    revokedBy: null,
    revokedReason: null,
    hits: 12,
  };
  const fill: Fill = (client) =>
    client.setQueryData(sigmaBaselinesQuery.queryKey, {
      items: [
        baseline,
        {
          ...baseline,
          id: '3',
          title: 'Gone',
          state: 'revoked' as const,
          revokedBy: 'lea',
          revokedReason: 'Wrong.',
        },
      ],
    });

  it('are listed by state, to be revoked by those who may', () => {
    const page = drawn(<SigmaBaselinesScreen />, fill);
    expect(page).toContain('on every host');
    expect(page).toContain('12 hits');
    expect(page).toContain('Revoke');
    expect(page).not.toContain('Gone');
    harmless(page);
    const revoked = drawn(<SigmaBaselinesScreen />, fill, { search: '?state=revoked' });
    expect(revoked).toContain('Wrong.');
    expect(revoked).not.toContain('>Revoke<');
    expect(drawn(<SigmaBaselinesScreen />, fill, { permissions: MANAGER })).not.toContain('>Revoke<');
  });
});
