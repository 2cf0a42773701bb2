import { describe, expect, it } from 'vitest';
import { layoutLineage } from './layoutLineage';
import { bushOf, fanOf, lineageOf } from './topologies';
import { cull, formatPlace, hasMoved, isStale, meets, parsePlace } from './viewport';

describe('cull', () => {
  const layout = layoutLineage(fanOf(3000), { openGroups: 'all' });
  const seen = { x: 0, y: 0, width: 1000, height: 500, k: 1 };

  it('draws what is seen with a margin, and nothing else', () => {
    const culled = cull(seen, layout.boxes, layout.links);
    expect(culled.detail).toBe('full');
    expect(culled.ids.length).toBeLessThan(40);
    for (const [id, box] of layout.boxes) if (meets(seen, box)) expect(culled.ids).toContain(id);
    expect(culled.links.length).toBeGreaterThan(0);
  });

  it('needs nothing new for a small move, and does for a large one or another level of detail', () => {
    const culled = cull(seen, layout.boxes, layout.links);
    expect(isStale(culled, { ...seen, y: 100 })).toBe(false);
    expect(isStale(culled, { ...seen, y: 400 })).toBe(true);
    expect(isStale(culled, { ...seen, k: 0.2 })).toBe(true);
  });

  it('knows at rest when it was drawn around another view, so that a link draws the same', () => {
    const culled = cull(seen, layout.boxes, layout.links);
    expect(hasMoved(culled, { ...seen, x: 0.5 })).toBe(false);
    expect(hasMoved(culled, { ...seen, y: 30 })).toBe(true);
    expect(hasMoved(culled, { ...seen, width: 900, height: 450, k: 1.1 })).toBe(true);
  });

  it('leaves many small items to the canvas', () => {
    const whole = layoutLineage(bushOf(5000, 8), { openGroups: 'all' });
    expect(cull({ ...whole.bounds, k: 0.1 }, whole.boxes, whole.links).detail).toBe('canvas');
  });
});

describe('a place in the address', () => {
  const origin = { x: 274, y: -20, width: 216, height: 44 };
  it('comes back as it was, wherever the drawing begins', () => {
    const seen = { x: 100, y: 50, width: 800, height: 400, k: 0.85 };
    const text = formatPlace(seen, origin);
    expect(text).toBe('226_270_0.85');
    expect(parsePlace(text, origin)).toEqual({ x: 500, y: 250, k: 0.85 });
  });
  it.each([null, '', '1_2', '1_2_3_4', 'a_b_c', '1_2_0', '1__1', '1_2_Infinity'])('is none in %s', (text) => {
    expect(parsePlace(text, origin)).toBeUndefined();
  });
});

it('draws the whole path of a small lineage', () => {
  const layout = layoutLineage(lineageOf('a *\n  b *'));
  expect(cull({ ...layout.bounds, k: 1 }, layout.boxes, layout.links).ids).toEqual(['a', 'b']);
});
