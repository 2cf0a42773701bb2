import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { MeView } from '@/lib/contracts/people';
import { MeProvider } from '../me';
import { DemoLine } from './DemoLine';

function drawn(demo: boolean): string {
  return renderToStaticMarkup(
    <QueryClientProvider client={new QueryClient()}>
      <MeProvider me={{ handle: 'demo', demo } as MeView}>
        <DemoLine />
      </MeProvider>
    </QueryClientProvider>,
  );
}

describe('the line of the demo', () => {
  it('says that nobody signs in and what everyone may do', () => {
    expect(drawn(true)).toMatch(/role="note".*Demo.*nobody signs in here; everyone is administrator\./);
  });

  it('is not there where people sign in', () => {
    expect(drawn(false)).toBe('');
  });
});
