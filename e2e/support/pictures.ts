import type { Locator, Page } from '@playwright/test';

export const treeOf = (page: Page) => page.getByRole('tree');
export const sequenceOf = (page: Page) => page.getByRole('toolbar', { name: /^Events in sequence/ });
export const selectedIn = (tree: Locator) => tree.getByRole('treeitem', { selected: true });

/** What stands on the investigation screen, read off the pictures themselves and never off the address. */
export async function pictureOf(page: Page) {
  const tree = treeOf(page);
  const sequence = page.getByRole('region', { name: 'Sequence' });
  return {
    selected: await selectedIn(tree).getAttribute('aria-label'),
    items: (
      await tree.getByRole('treeitem').evaluateAll((all) => all.map((each) => each.ariaLabel))
    ).toSorted(),
    scale: scaleIn(await tree.locator('> g').first().getAttribute('transform')),
    box: await selectedIn(tree).boundingBox(),
    mark: await sequenceOf(page).getByRole('button', { pressed: true }).getAttribute('aria-label'),
    lanes: await sequence.getByRole('radio', { checked: true }).allInnerTexts(),
    laneNames: await sequence.getByRole('list', { name: 'Lanes' }).getByRole('listitem').allInnerTexts(),
    axis: await sequence.locator('.sticky svg[aria-hidden=true] text').allTextContents(),
    window: await sequence.getByRole('slider', { name: 'Time window' }).getAttribute('aria-valuetext'),
    tab: await page.getByRole('tab', { selected: true }).innerText(),
  };
}
export type Picture = Awaited<ReturnType<typeof pictureOf>>;

/** The largest distance, in pixels, between a side of what is selected in one picture and in the other. */
export function apart(one: Picture, other: Picture): number {
  return Math.max(
    ...(['x', 'y', 'width', 'height'] as const).map((side) =>
      Math.abs((one.box?.[side] ?? Number.NaN) - (other.box?.[side] ?? Number.NaN)),
    ),
  );
}

/** What a picture says in words, the same on every screen: all but where it stands and how large. */
export function wordsOf({ scale: _scale, box: _box, ...words }: Picture): Omit<Picture, 'scale' | 'box'> {
  return words;
}

/** The scale of "translate(x,y) scale(k)", not a number where there is none. */
function scaleIn(transform: string | null): number {
  return Number(/scale\(([\d.e-]+)\)/.exec(transform ?? '')?.[1] ?? Number.NaN);
}
