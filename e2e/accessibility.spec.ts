import { expect, type Page, test } from '@playwright/test';
import { expectAccessible } from './support/accessible';
import { findings, sampleImported } from './support/api';
import { tabTo } from './support/keyboard';

const HOST = 'hr-lt22.corp.example';
let finding = '';
let source = '';

test.beforeAll(async ({ request }) => {
  source = (await sampleImported(request)).id;
  // The highest of the host that saw least: every state of a stage is on its page.
  const { items } = await findings(request, { host: HOST });
  finding = items[0]?.id ?? '';
});

type Screen = { readonly path: () => string; readonly ready: (page: Page) => Promise<void> };

const SCREENS: Readonly<Record<string, Screen>> = {
  Triage: {
    path: () => '/',
    ready: async (page) => {
      await expect(page.getByRole('grid', { name: 'Findings' })).toBeVisible();
      const preview = page.getByRole('complementary', { name: 'Preview' });
      await expect(preview.getByRole('heading', { name: 'Seen before' })).toBeVisible();
      await expect(preview.getByRole('status')).toHaveCount(0);
    },
  },
  'Investigation, graph': { path: () => `/findings/${finding}`, ready: pictureReady },
  'Investigation, tables': {
    path: () => `/findings/${finding}?lineage=table&lanes=table&tab=event`,
    ready: async (page) => {
      await expect(page.getByRole('treegrid').getByRole('row').nth(1)).toBeVisible();
      await expect(page.getByRole('table', { name: 'Sequence as a table' })).toBeVisible();
      await page.getByRole('radio', { name: 'Record' }).click();
      await expect(page.getByRole('region', { name: 'Record as exported' })).toBeVisible();
    },
  },
  'Investigation, telemetry': {
    path: () => `/findings/${finding}?tab=telemetry&lanes=kind`,
    ready: async (page) => {
      await pictureReady(page);
      await expect(page.getByRole('tabpanel')).toContainText('For each stage');
    },
  },
  'Investigation, runbook': {
    path: () => `/findings/${finding}?tab=runbook&lanes=process`,
    ready: async (page) => {
      await pictureReady(page);
      await expect(page.getByRole('tabpanel')).toContainText('References');
    },
  },
  Events: {
    path: () => `/events?q=${encodeURIComponent('event.kind:process_start')}`,
    ready: async (page) => {
      await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(1)).toBeVisible();
      await expect(
        page.getByRole('button', { name: /^Only process_start|^Only process start/ }).first(),
      ).toBeAttached();
    },
  },
  Host: {
    path: () => `/hosts/${HOST}`,
    ready: async (page) => {
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(HOST);
      await expect(page.getByRole('tabpanel')).toContainText('process start');
    },
  },
  'Host, telemetry': {
    path: () => `/hosts/${HOST}?tab=telemetry`,
    ready: async (page) => {
      await expect(page.getByRole('region', { name: 'Telemetry by kind over time' })).toBeVisible();
    },
  },
  'Host, lineage': {
    path: () => `/hosts/${HOST}?tab=lineage`,
    ready: async (page) => {
      await expect(page.getByText(/of [\d,]+ processes shown/)).toBeVisible();
    },
  },
  Alerts: {
    path: () => '/alerts?show=all',
    ready: async (page) => {
      await expect(page.getByRole('heading', { level: 1 })).toContainText('vendor alert');
    },
  },
  Hosts: {
    path: () => '/hosts',
    ready: async (page) => {
      await expect(page.getByRole('button', { name: /^Details of/ }).first()).toBeVisible();
    },
  },
  Imports: {
    path: () => `/imports?import=${source}&tab=quarantine`,
    ready: async (page) => {
      await expect(
        page
          .getByRole('complementary', { name: 'Import' })
          .getByText(/, byte /)
          .first(),
      ).toBeVisible();
    },
  },
};

for (const theme of ['dark', 'light'] as const) {
  for (const [name, screen] of Object.entries(SCREENS)) {
    test(`${name} in ${theme}: nothing against WCAG 2.2 AA`, async ({ page }) => {
      await open(page, screen, theme);
      await expectAccessible(page);
    });
  }
}

test('the verdict form and the list of keys hold nothing against WCAG 2.2 AA', async ({ page }) => {
  await open(page, SCREENS.Triage as Screen, 'dark');
  const parts = {
    '?': page.getByRole('dialog'),
    vf: page.getByRole('form', { name: /^Verdict/ }),
  };
  for (const [keys, part] of Object.entries(parts)) {
    for (const key of keys) await page.keyboard.press(key);
    await expect(part).toBeVisible();
    await part.evaluate(() => Promise.all(document.getAnimations().map((each) => each.finished)));
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(part).toBeHidden();
  }
});

test('the graph is one stop of Tab, and every item of it is reached by arrows', async ({ page }) => {
  await open(page, SCREENS['Investigation, graph'] as Screen, 'dark');
  const tree = page.getByRole('tree');
  const items = tree.getByRole('treeitem');
  await expect(tree.locator('[tabindex="0"]')).toHaveCount(1);
  await tabTo(page, tree.locator('[tabindex="0"]'));

  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('data-item') ?? null);
  await page.keyboard.press('Home');
  const all = new Set(await items.evaluateAll((each) => each.map((item) => item.getAttribute('data-item'))));
  const reached = new Set([await focused()]);
  // Depth first, as a reader goes: into a child, else to the sibling or whatever follows.
  for (let step = 0; step < all.size * 3 && reached.size < all.size; step++) {
    const before = await focused();
    const item = tree.locator(`[data-item=${JSON.stringify(before)}]`);
    const opens = (await item.getAttribute('aria-expanded')) === 'false';
    if (!opens) await page.keyboard.press('ArrowRight');
    if (reached.has(await focused())) await page.keyboard.press('ArrowDown');
    reached.add(await focused());
    if ((await focused()) === before) break;
  }
  expect([...all].filter((id) => !reached.has(id))).toEqual([]);

  await page.keyboard.press('Home');
  await page.keyboard.press('Enter');
  await expect(items.first()).toHaveAttribute('aria-selected', 'true');
  await page.keyboard.press('Tab');
  expect(await tree.evaluate((element) => element.contains(document.activeElement))).toBe(false);
});

test('every control of the triage page can be reached and left by Tab', async ({ page }) => {
  await open(page, SCREENS.Triage as Screen, 'dark');
  const tabbable = await page
    .locator('a[href], button, input, [tabindex="0"]')
    .evaluateAll(
      (elements) =>
        elements.filter((one) => (one as HTMLElement).tabIndex >= 0 && one.checkVisibility()).length,
    );
  const seen = new Set<string>();
  for (let step = 0; step < tabbable + 4; step++) {
    await page.keyboard.press('Tab');
    seen.add(
      await page.evaluate(() => {
        const all = [...document.querySelectorAll('*')];
        return String(all.indexOf(document.activeElement as Element));
      }),
    );
  }
  expect(seen.size).toBeGreaterThanOrEqual(tabbable);
});

test('nothing moves by itself for people who asked for less motion', async ({ page }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await open(page, SCREENS['Investigation, graph'] as Screen, 'dark');
  const layer = page.getByRole('tree').locator('> g');
  const longest = () =>
    page.evaluate(() =>
      Math.max(
        0,
        ...document.getAnimations().map((each) => Number(each.effect?.getComputedTiming().duration ?? 0)),
      ),
    );
  await page.keyboard.press('v');
  await page.keyboard.press('t');
  await expect(page.getByRole('form', { name: 'Verdict: True positive' })).toBeVisible();
  expect(await longest()).toBeLessThanOrEqual(10);
  await page.keyboard.press('Escape');

  // Framing everything lands in the next frame instead of flying there.
  const lineage = page.getByRole('region', { name: 'Lineage' });
  await lineage.getByRole('button', { name: 'Zoom in' }).click();
  await lineage.getByRole('button', { name: 'Fit', exact: true }).click();
  const [next, later] = await layer.evaluate(async (element) => {
    const frames = async (count: number) => {
      for (let n = 0; n < count; n++) await new Promise((resolve) => requestAnimationFrame(resolve));
      return element.getAttribute('transform');
    };
    return [await frames(2), await frames(20)];
  });
  expect(later).toBe(next);
});

for (const width of [320, 1024]) {
  for (const [name, screen] of Object.entries(SCREENS)) {
    test(`${name} at ${width} px: nothing to scroll sideways`, async ({ page }) => {
      await page.setViewportSize({ width, height: 800 });
      await page.goto(screen.path());
      await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible();
      await expect(page.getByRole('main').locator('[aria-busy=true]')).toHaveCount(0);
      const { scroll, room } = await page.evaluate(() => ({
        scroll: Math.max(
          document.documentElement.scrollWidth,
          ...[...document.querySelectorAll('main > *')].map((each) => each.scrollWidth),
        ),
        room: innerWidth,
      }));
      expect(scroll).toBeLessThanOrEqual(room);
      if (width === 320 && name === 'Investigation, graph') {
        await expect(page.getByRole('treegrid')).toBeVisible();
        await expect(page.getByRole('table', { name: 'Sequence as a table' })).toBeAttached();
        // A table brings its selected row into sight by itself, not by moving the page.
        await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeInViewport();
        await expect(page.getByRole('tree')).toHaveCount(0);
      }
    });
  }
}

async function open(page: Page, screen: Screen, theme: 'dark' | 'light'): Promise<void> {
  await page.addInitScript((choice) => localStorage.setItem('sequela.theme', choice), theme);
  await page.goto(screen.path());
  await screen.ready(page);
  expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
}

async function pictureReady(page: Page): Promise<void> {
  await expect(page.getByRole('tree').getByRole('treeitem', { selected: true })).toBeVisible();
  await expect(
    page
      .getByRole('toolbar', { name: /^Events in sequence/ })
      .getByRole('button')
      .first(),
  ).toBeVisible();
}
