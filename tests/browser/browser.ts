// A real browser for tests: Chromium, driven by playwright-core, both installed apart from the project.
//
//   const inBrowser = browserTests('12-pages');
//   inBrowser('a guest opens an item', async (enter) => {
//     const { page } = await enter({ width: 360, dark: true });
//     …                                ──►  at its end: nothing in the console, nothing asked of other servers
//   });
//
//   npm install --prefix tests/browser      and a Chromium: CHROMIUM=/path/to/it, or at a usual place

import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { after, before, test, type TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startServer } from '../../lessons/classroom/start.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Quiet and alone: a fresh browser that asks nobody for updates. */
const flags = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

// The types of playwright-core are not here unless it is installed, and the type check must not need it.
type Loose = any;

/** A guest comes into the café, in a window of its own. */
export type Enter = (way?: Way) => Promise<Guest>;
export type Way = { javaScript?: boolean; width?: number; dark?: boolean; forced?: boolean };

/** For one test file: one browser, and for each test a fresh server of this lesson. */
export function browserTests(lesson: string) {
  let browser: Loose | string;
  before(async () => { browser = await openBrowser(); });
  after(async () => { if (typeof browser !== 'string') await browser.close(); });

  return (name: string, act: (enter: Enter, url: string) => Promise<void>) => test(name, { timeout: 120_000 }, async (t) => {
    if (typeof browser === 'string') return t.skip(browser);
    const url = await openCafe(t, lesson);
    await act((way) => visit(t, browser, url, way), url);
  });
}

/** The browser, or a sentence that says what is missing. */
export async function openBrowser(): Promise<Loose | string> {
  const installed = existsSync(new URL('node_modules/playwright-core', import.meta.url)) && existsSync(new URL('node_modules/axe-core', import.meta.url));
  if (!installed) return 'No browser test ran: "npm install --prefix tests/browser" installs what drives the browser.';
  const executablePath = findChromium();
  if (executablePath === undefined) return 'No browser test ran, since no Chromium was found: install it, or say where it is by the environment variable CHROMIUM.';
  const { chromium } = await import(['playwright', 'core'].join('-'));
  return chromium.launch({ executablePath, headless: true, args: flags });
}

/** The first is Chromium without windows, which starts and draws sooner. */
const names = ['chromium-headless-shell', 'chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome.exe'];
const usual = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
];

function findChromium(): string | undefined {
  if (process.env.CHROMIUM) return process.env.CHROMIUM;
  const onPath = (process.env.PATH ?? '').split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
  return [...onPath, ...usual].find((path) => existsSync(path));
}

/** How the guests of a test leave, each telling what went wrong in its window. */
const leaving = new WeakMap<TestContext, (() => Promise<string[]>)[]>();

/** A lesson's server with fresh data, until the test is over. */
export async function openCafe(t: TestContext, lesson: string): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'browser-'));
  const server = await startServer({ file: join(root, 'lessons', lesson, 'server.ts'), cwd: root, port: 0, dataDir });
  leaving.set(t, []);
  t.after(async () => {
    // The guests first: a server that is gone would look like trouble to those who are still there.
    const trouble = await Promise.all(leaving.get(t)!.map((leave) => leave()));
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 5 });
    assert.deepEqual(trouble.flat(), []);
  });
  return server.url;
}

export type Guest = {
  page: Loose;
  /** Opens a page of the café. */
  go(path: string): Promise<void>;
  /** The heading and the main text, as a person reads them. */
  read(): Promise<string>;
  path(): string;
  /** No axe violation, and nothing that sticks out at the side. */
  check(): Promise<void>;
  /** Only if SCREENSHOTS names a folder. */
  shoot(name: string): Promise<void>;
};

export async function visit(t: TestContext, browser: Loose, url: string, { javaScript = true, width = 1280, dark = false, forced = false }: Way = {}): Promise<Guest> {
  const context = await browser.newContext({
    baseURL: url, javaScriptEnabled: javaScript, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', forcedColors: forced ? 'active' : 'none', viewport: { width, height: width < 600 ? 740 : Math.round(width * 9 / 16) },
  });
  const page = await context.newPage();
  waitAfterClicks(page);
  const trouble = watch(page, url);
  leaving.get(t)!.push(async () => {
    await context.close();
    return trouble;
  });
  return {
    page,
    go: async (path) => { await page.goto(path); },
    read: () => page.locator('main').innerText(),
    path: () => page.url().slice(url.length),
    check: () => checkPage(page),
    shoot: (name) => shoot(page, `${name}-${width}${dark ? '-dark' : ''}${forced ? '-forced' : ''}`),
  };
}

// For playwright a click on a link is over as soon as the next page begins. Its styles may still be on
// their way then, and what is read before them is not what a person reads ("\n" becomes a blank).
function waitAfterClicks(page: Loose): void {
  const click = page.click.bind(page);
  page.click = async (what: string) => {
    await click(what);
    await page.waitForLoadState('load');
  };
}

// A page that was refused on purpose (404, 422) is noted by the console as well: that is no trouble.
function watch(page: Loose, url: string): string[] {
  const trouble: string[] = [];
  const refused = new Set<string>();
  page.on('response', (response: Loose) => { if (response.status() >= 400 && response.request().isNavigationRequest()) refused.add(response.url()); });
  page.on('console', (message: Loose) => { if (message.type() !== 'log' && !refused.has(message.location().url)) trouble.push(`console: ${message.text()}`); });
  page.on('pageerror', (error: Error) => trouble.push(`error: ${error.message}`));
  page.on('dialog', (dialog: Loose) => { trouble.push(`dialog: ${dialog.message()}`); void dialog.dismiss(); });
  page.on('request', (request: Loose) => { if (!request.url().startsWith(`${url}/`)) trouble.push(`asked elsewhere: ${request.url()}`); });
  // Whoever goes on before a page is whole breaks off what it still asked for.
  page.on('requestfailed', (request: Loose) => request.failure()?.errorText === 'net::ERR_ABORTED' || trouble.push(`not answered: ${request.url()}`));
  return trouble;
}

const axe = () => readFileSync(new URL('node_modules/axe-core/axe.min.js', import.meta.url), 'utf8');

async function checkPage(page: Loose): Promise<void> {
  await page.evaluate(axe());
  const { violations } = await page.evaluate('axe.run()');
  const told = violations.map(({ id, nodes }: Loose) => `${id}: ${nodes.map(({ html, failureSummary }: Loose) => `${html} ${failureSummary}`).join(' | ')}`);
  assert.deepEqual(told, [], page.url());
  assert.ok(await page.evaluate('document.documentElement.scrollWidth <= innerWidth'), `${page.url()} is wider than the window.`);
}

async function shoot(page: Loose, name: string): Promise<void> {
  const folder = process.env.SCREENSHOTS;
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true });
}
