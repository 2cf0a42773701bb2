import { describe, expect, it, vi } from 'vitest';
import { createHover } from './hover';

describe('what the pointer is on', () => {
  it('is told when it changes, and only then', () => {
    const hover = createHover();
    const told = vi.fn();
    const stop = hover.subscribe(told);
    hover.set({ itemId: 'a', eventId: null });
    hover.set({ itemId: 'a', eventId: null });
    hover.set({ itemId: null, eventId: 'e' });
    expect(told).toHaveBeenCalledTimes(2);
    expect(hover.get()).toEqual({ itemId: null, eventId: 'e' });
    stop();
    hover.set({ itemId: null, eventId: null });
    expect(told).toHaveBeenCalledTimes(2);
  });
});
