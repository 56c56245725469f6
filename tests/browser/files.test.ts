// Lesson 13 in a real browser: styles, script and drawings come with their types, and come only once.
//
//   /menu   ──►  /files/look.css  ──►  /files/pictures/tea.svg     200, image/svg+xml
//   reload  ──►  the same again                                    304, nothing is sent anew

import assert from 'node:assert/strict';
import { browserTests, type Guest } from './browser.ts';

const inBrowser = browserTests('13-files');

const categories = ['bakery', 'coffee', 'cold', 'kitchen', 'tea', 'warm'];
const drawings = categories.map((category) => [`/files/pictures/${category}.svg`, 'image/svg+xml']);
const styles = [['/assets/cafe.css', 'text/css; charset=utf-8'], ['/files/look.css', 'text/css; charset=utf-8']];
const script = ['/assets/cafe.js', 'text/javascript; charset=utf-8'];

type Seen = [path: string, type: string, status: number];

/** What is answered while `act` runs, without the page itself, by path. */
async function answersTo({ page }: Guest, act: () => Promise<unknown>): Promise<Seen[]> {
  const seen: Seen[] = [];
  const note = (response: any) => {
    const { pathname } = new URL(response.url());
    // Whether and when a browser asks for the icon is its own affair.
    if (!response.request().isNavigationRequest() && !pathname.endsWith('/cup.svg')) seen.push([pathname, response.headers()['content-type'], response.status()]);
  };
  page.on('response', note);
  await act();
  await page.waitForLoadState('networkidle');
  page.off('response', note);
  return seen.sort();
}

const whole = (files: string[][]): Seen[] => files.map(([path, type]) => [path!, type!, 200] as Seen).sort();

/** The part of a drawing's address behind the last slash, as the browser draws it behind the selected element. */
const drawingOf = ({ page }: Guest, selector: string): Promise<string> =>
  page.locator(selector).first().evaluate((element: any) => (globalThis as any).getComputedStyle(element, '::after').maskImage.replace(/^.*\/|"\)$/g, ''));

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';

  inBrowser(`the menu comes with styles and drawings, each of its type, ${how}`, async (enter) => {
    const guest = await enter({ javaScript });
    const seen = await answersTo(guest, () => guest.go('/menu'));
    assert.deepEqual(seen, whole([...styles, ...drawings, ...(javaScript ? [script] : [])]));
    for (const category of categories) assert.equal(await drawingOf(guest, `.card[data-category=${category}]`), `${category}.svg`);
    const paper = await guest.page.evaluate('getComputedStyle(document.body).backgroundColor');
    assert.equal(paper, 'rgb(248, 242, 233)', 'cafe.css is applied.');
  });
}

inBrowser('the second time all is asked for again, and nothing is sent anew', async (enter) => {
  const guest = await enter();
  await answersTo(guest, () => guest.go('/menu'));
  const kept = (files: string[][]) => files.map(([path]) => [path!, undefined, 304]).sort();
  assert.deepEqual(await answersTo(guest, () => guest.page.reload()), kept([...styles, script, ...drawings]));
  assert.deepEqual(await answersTo(guest, () => guest.go('/menu/2')), kept([...styles, script, drawings[1]!]));
  assert.equal(await drawingOf(guest, '.item'), 'coffee.svg');
});

inBrowser('a drawing is a picture, and what is not there is told on a page', async (enter) => {
  const { page, go, read, check } = await enter();
  await go('/');
  const decoded = '(async () => { const image = new Image(); image.src = "/files/pictures/tea.svg"; await image.decode(); return image.naturalWidth > 0; })()';
  assert.equal(await page.evaluate(decoded), true);
  await go('/files/pictures/wine.svg');
  assert.match(await read(), /^404\s+Not Found\s+There is nothing at "\/files\/pictures\/wine\.svg"\./);
  await check();
  await go('/files/..%2fserver.ts');
  assert.match(await read(), /^400\s+Bad Request\s+The path "\/files\/\.\.%2fserver\.ts" must not hide a "\/" as %2F/);
});

inBrowser('in colours that people choose themselves, a drawing has the colour of text', async (enter) => {
  for (const dark of [false, true]) {
    const { page, go, check, shoot } = await enter({ forced: true, dark });
    await go('/menu');
    const [paint, text] = await page.locator('.card[data-category=tea]').evaluate((card: any) => {
      const { getComputedStyle } = globalThis as any;
      return [getComputedStyle(card, '::after').backgroundColor, getComputedStyle(card).color];
    });
    assert.equal(paint, text);
    await check();
    await shoot('forced-menu');
  }
});

for (const [width, dark] of [[360, false], [360, true], [1920, false], [1920, true]] as const) {
  inBrowser(`the drawings lie well at ${width} pixels, ${dark ? 'dark' : 'light'}`, async (enter) => {
    const guest = await enter({ width, dark });
    for (const [name, path] of [['drawn-menu', '/menu'], ['drawn-found', '/menu?search=tea'], ['drawn-item', '/menu/2']] as const) {
      await guest.go(path);
      await guest.check();
      await guest.page.waitForLoadState('networkidle');
      await guest.shoot(name);
    }
  });
}
