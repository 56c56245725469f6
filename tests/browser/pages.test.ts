// Lesson 12 in a real browser: what a guest does, with a script and without, by mouse and by keyboard.
//
//   menu → search → item → "Check stock" → note → settings

import assert from 'node:assert/strict';
import { browserTests } from './browser.ts';

const inBrowser = browserTests('12-pages');

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';

  inBrowser(`a guest looks at the menu, searches and opens an item, ${how}`, async (enter) => {
    const { page, go, read, path } = await enter({ javaScript });
    await go('/');
    await page.click('text=Look at the menu');
    assert.equal(await page.locator('.items li').count(), 22);
    await page.fill('#search', 'cafe');
    await page.click('button:text("Search")');
    assert.equal(path(), '/menu?search=cafe');
    assert.match(await read(), /One item for “cafe”\..*Café au lait/s);
    await page.click('text=Café au lait');
    assert.equal(await page.title(), 'Café au lait · Café');
    assert.equal(await page.locator('#stock').innerText(), '80 left');
    const button = page.getByRole('button', { name: 'Check stock' });
    if (javaScript) await button.waitFor();
    else assert.equal(await button.count(), 0);
  });

  inBrowser(`a guest writes a note, ${how}, and a reload does not send it again`, async (enter) => {
    const { page, go, path, read } = await enter({ javaScript });
    await go('/notes');
    await page.fill('#name', 'Ada');
    await page.fill('#text', 'Order 42:\nstill the best.');
    await page.click('button:text("Post note")');
    assert.equal(path(), '/notes?done=posted');
    assert.match(await read(), /Thank you! Your note is at the top of the list\./);
    assert.equal(await page.locator('.notes li').first().locator('.text').innerText(), 'Order 42:\nstill the best.');
    await page.reload();
    assert.equal(await page.locator('.notes li').count(), 5);
  });

  inBrowser(`a script in a note is shown as text, ${how}`, async (enter) => {
    const { page, go } = await enter({ javaScript });
    await go('/notes');
    const attack = '"><img src=x onerror="alert(1)"></textarea><script>alert(2)</script>';
    await page.fill('#name', attack.slice(0, 40));
    await page.fill('#text', attack);
    await page.click('button:text("Post note")');
    assert.equal(await page.locator('.notes li').first().locator('.text').innerText(), attack);
    assert.equal(await page.locator('main img, main script').count(), 0);
  });

  inBrowser(`a note that is not right is shown again, ${how}, with what was typed`, async (enter) => {
    const { page, go } = await enter({ javaScript });
    await go('/notes');
    await page.fill('#name', '"><b>Zoë');
    await page.click('button:text("Post note")');
    assert.equal(await page.inputValue('#name'), '"><b>Zoë');
    assert.equal(await page.locator('#text-problem').innerText(), 'Please write a note, up to 500 characters.');
    assert.deepEqual([await page.getAttribute('#text', 'aria-invalid'), await page.getAttribute('#name', 'aria-invalid')], ['true', 'false']);
    assert.equal(await page.locator('.notes li').count(), 4);
  });

  inBrowser(`two change the settings at once, ${how}, and the second is told`, async (enter) => {
    const [ada, ben] = [await enter({ javaScript }), await enter({ javaScript })];
    for (const { go } of [ada, ben]) await go('/settings');
    await ada.page.fill('#message', 'Soup from noon.');
    await ada.page.click('button:text("Save")');
    assert.match(await ada.read(), /The settings are saved\./);
    await ben.page.fill('#closes', '19:30');
    await ben.page.click('button:text("Save")');
    assert.match(await ben.read(), /Somebody else changed this while you were editing\..*A message for our guests now: Soup from noon\./s);
    assert.equal(await ben.page.inputValue('#closes'), '19:30');
    await ben.shoot('conflict');
    await ben.page.click('button:text("Save")');
    await ben.go('/');
    assert.match(await ben.read(), /from 08:00 to 19:30.*Cinnamon rolls/s);
  });
}

inBrowser('the button asks the API, and shows what it answers', async (enter, url) => {
  const { page, go, check } = await enter();
  await go('/menu/2');
  const button = page.getByRole('button', { name: 'Check stock' });
  await change(url, 119);
  await button.click();
  await page.locator('#stock:text-is("119 left")').waitFor();
  await change(url, 0);
  await button.click();
  await page.locator('#stock:text-is("Sold out")').waitFor();
  await fetch(`${url}/api/menu/2`, { method: 'DELETE' });
  await check();
});

async function change(url: string, stock: number): Promise<void> {
  const { status } = await fetch(`${url}/api/menu/2`, {
    method: 'PUT', headers: { 'content-type': 'application/json', 'if-match': '*' }, body: JSON.stringify({ name: 'Flat white', price: 340, category: 'coffee', stock }),
  });
  assert.equal(status, 200);
}

inBrowser('in colours that people choose themselves, one sees where one is, and what is wrong', async (enter) => {
  for (const dark of [false, true]) {
    const { page, go, check, shoot } = await enter({ forced: true, dark });
    const colours = (selector: string) => page.locator(selector).first().evaluate((element: any) => {
      const { backgroundColor, color, borderTopColor } = (globalThis as any).getComputedStyle(element);
      return { backgroundColor, color, borderTopColor };
    });
    await go('/notes');
    await check();
    const [here, elsewhere] = [await colours('nav [aria-current=page]'), await colours('nav [aria-current=false]')];
    assert.notEqual(here.backgroundColor, elsewhere.backgroundColor);
    await page.fill('#name', 'Ada');
    await page.click('button:text("Post note")');
    const red = dark ? 'rgb(255, 157, 146)' : 'rgb(163, 38, 28)';
    assert.equal((await colours('#text-problem')).color, red);
    assert.equal((await colours('#text')).borderTopColor, red);
    assert.notEqual((await colours('#name')).borderTopColor, red);
    await check();
    await shoot('forced-wrong');
  }
});

inBrowser('a menu without items says so', async (enter, url) => {
  for (let id = 1; id <= 22; id += 1) await fetch(`${url}/api/menu/${id}`, { method: 'DELETE' });
  const { go, read, check, shoot } = await enter({ width: 360 });
  await go('/menu');
  assert.match(await read(), /The menu is empty right now\. Please come back soon\./);
  await check();
  await shoot('empty');
});

inBrowser('everything can be done by keyboard alone', async (enter) => {
  const { page, go, path } = await enter();
  const press = (...keys: string[]) => keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  const focused = () => page.evaluate('(document.activeElement.textContent || document.activeElement.id).trim()');
  const tabTo = async (name: string) => {
    for (let tabs = 0; tabs < 60 && await focused() !== name; tabs += 1) await press('Tab');
    assert.equal(await focused(), name);
    assert.notEqual(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle'), 'none', `The focus on "${name}" can be seen.`);
  };
  await go('/menu');
  await tabTo('Skip to content');
  await press('Enter');
  await tabTo('search');
  await page.keyboard.type('flat');
  await Promise.all([page.waitForURL('**/menu?search=flat'), press('Enter')]);
  await tabTo('Flat white');
  await Promise.all([page.waitForURL('**/menu/2'), press('Enter')]);
  await tabTo('Check stock');
  await Promise.all([page.waitForResponse('**/api/menu/2'), press('Space')]);
  await go('/notes');
  await tabTo('name');
  await page.keyboard.type('Ada');
  await tabTo('text');
  await page.keyboard.type('Order 42, without a mouse.');
  await tabTo('Post note');
  await Promise.all([page.waitForNavigation(), press('Enter')]);
  assert.equal(path(), '/notes?done=posted');
  assert.match(await page.locator('.notes li').first().innerText(), /Order 42, without a mouse\./);
});

/** Longer than any window is wide. */
const word = 'Rindfleischetikettierung'.repeat(21).slice(0, 490);

const rename = (item: object) => fetch('/api/menu/2', {
  method: 'PUT', headers: { 'content-type': 'application/json', 'if-match': '*' }, body: JSON.stringify(item),
}).then(({ status }) => status);

for (const width of [360, 640, 1920]) {
  for (const dark of [false, true]) {
    inBrowser(`no axe violation, and nothing sticks out: ${width} pixels, ${dark ? 'dark' : 'light'}`, async (enter) => {
      const { page, go, check, shoot } = await enter({ width, dark });
      for (const [name, path] of [['welcome', '/'], ['menu', '/menu'], ['found', '/menu?search=tea'], ['nothing', '/menu?search=wine'], ['item', '/menu/2'], ['sold-out', '/menu/18'], ['notes', '/notes'], ['settings', '/settings'], ['saved', '/settings?done=saved'], ['older', '/notes?before=1'], ['error', '/nowhere'], ['long-search', `/menu?search=${word}`], ['long-path', `/${word}`]] as const) {
        await go(path);
        await check();
        await shoot(name);
      }
      await go('/notes');
      await page.fill('#text', `A note without a name, and with a long word: ${'Rindfleisch'.repeat(12)}`);
      await page.click('button:text("Post note")');
      await check();
      await shoot('wrong');
      await page.fill('#name', word.slice(0, 40));
      await page.fill('#text', word);
      await page.click('button:text("Post note")');
      await check();
      await shoot('long-note');
      await go('/settings');
      await page.fill('#message', word.slice(0, 120));
      await page.click('button:text("Save")');
      await go('/');
      await check();
      await shoot('long-message');
      const status = await page.evaluate(rename, { name: word.slice(0, 60), price: 340, category: 'coffee', stock: 0 });
      assert.equal(status, 200);
      for (const [name, path] of [['long-menu', '/menu'], ['long-item', '/menu/2']] as const) {
        await go(path);
        await check();
        await shoot(name);
      }
    });
  }
}
