import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** The rules of WCAG 2.2, levels A and AA. */
const WCAG_22_AA = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** Nothing on the page as it stands, or in the part that `include` selects, is against WCAG 2.2 AA. */
export async function expectAccessible(page: Page, include?: string): Promise<void> {
  await atRest(page);
  const axe = new AxeBuilder({ page }).withTags(WCAG_22_AA);
  if (include !== undefined) axe.include(include);
  const { violations } = await axe.analyze();
  const told = violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.target} ${node.html} ${node.failureSummary ?? ''}`),
  );
  expect(told, `accessibility of ${page.url()}`).toEqual([]);
}

/** Until no colour is on its way to another: halfway, contrast is that of neither. What turns for ever is not waited for. */
async function atRest(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    document
      .getAnimations()
      .every(
        ({ effect, playState }) =>
          playState !== 'running' || effect?.getComputedTiming().iterations === Number.POSITIVE_INFINITY,
      ),
  );
}

/** The same in the dark theme and in the light one; the page is left light. */
export async function expectAccessibleInBothThemes(page: Page): Promise<void> {
  for (const colorScheme of ['dark', 'light'] as const) {
    await page.emulateMedia({ colorScheme });
    await expectAccessible(page);
  }
}
