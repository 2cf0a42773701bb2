import { describe, expect, it, vi } from 'vitest';
import type { SigmaProgress } from '@/lib/contracts/sigmaProgress';
import { ProgressLine } from './ProgressLine';
import { progressQuery } from './sigmaQueries';
import { drawn, harmless, IDLE, MANAGER, STEWARD } from './testScreens';
import { HOSTILE } from './testSigma';

vi.mock('next/navigation', () => ({ usePathname: () => '/sigma', useRouter: () => ({ push: vi.fn() }) }));

describe('the progress of rules', () => {
  const line = (progress: SigmaProgress, permissions = STEWARD) =>
    drawn(<ProgressLine />, (client) => client.setQueryData(progressQuery.queryKey, progress), {
      permissions,
    });

  it('is told while they run, and not otherwise', () => {
    const page = line({ ...IDLE, waiting: 9, done: 3 });
    expect(page).toContain('Rules run over 3 of 12 imports. 5 hits so far.');
    expect(page).toMatch(/<progress[^>]*max="12"[^>]*value="3"/);
    expect(line(IDLE)).not.toContain('Rules run');
  });

  it('names what failed, and lets those who may run it again', () => {
    const failed = [{ importId: '5', name: HOSTILE, error: 'The file is gone.' }];
    expect(line({ ...IDLE, failed })).toContain('Run them again');
    const page = line({ ...IDLE, failed }, MANAGER);
    expect(page).toContain('The file is gone.');
    expect(page).not.toContain('Run them again');
    harmless(page);
  });
});
