// Lessons 15 and 16 in a real browser: open an account, log in, see who I am, log out, be refused;
// and, as one of the staff, change a price.
//
//   /account → "Logged in as Zoë" → Log out → /staff → /login?next=%2Fstaff

import assert from 'node:assert/strict';
import { after, before, test, type TestContext } from 'node:test';
import { openBrowser, openCafe, visit, type Guest, type Way } from './browser.ts';

let browser: any;
before(async () => { browser = await openBrowser(); });
after(async () => { if (typeof browser === 'object') await browser.close(); });

function inBrowser(name: string, act: (t: TestContext, enter: (way?: Way) => Promise<Guest>) => Promise<void>, lesson = '16-rights'): void {
  test(name, { timeout: 120_000 }, async (t) => {
    if (typeof browser === 'string') return t.skip(browser);
    const url = await openCafe(t, lesson);
    const guests: Guest[] = [];
    await act(t, async (way) => {
      const guest = await visit(t, browser, url, way);
      // What is asked for last, an icon perhaps, must have come before the server is stopped. And axe is a script itself.
      return guests[guests.push(guest) - 1] = { ...guest, check: way?.javaScript === false ? async () => {} : guest.check };
    });
    for (const { page } of guests) await page.waitForLoadState('networkidle');
  });
}

async function logIn({ page }: Guest, email: string, password: string): Promise<void> {
  await page.fill('#email', email);
  await page.fill('#password', password);
  await page.click('button:text-is("Log in")');
}

const ada = ['ada@example.org', 'flat white, no sugar'] as const;
const grace = ['grace@example.org', 'keys to the café'] as const;

for (const javaScript of [true, false]) {
  const how = javaScript ? 'with JavaScript' : 'without JavaScript';

  for (const lesson of ['15-login', '16-rights']) {
    inBrowser(`lesson ${lesson}: a guest opens an account, logs in, sees who it is, and logs out, ${how}`, async (_t, enter) => {
      const guest = await enter({ javaScript });
      const { page, go, read, path, check } = guest;
      await go('/login');
      await check();
      await page.click('text=Create one');
      await page.fill('#email', 'zoe@example.org');
      await page.fill('#name', 'Zoë <b>');
      await page.fill('#password', 'crème brûlée at noon');
      await page.click('button:text("Create account")');
      assert.equal(path(), '/account/welcome');
      assert.match(await read(), /Welcome\s+Your account is ready\./);
      assert.equal(await page.locator('header .visitor').innerText(), 'Logged in as Zoë <b>');
      await check();
      await page.click('nav >> text=Account');
      await page.click('button:text-is("Log out")');
      assert.match(await read(), /^Log in\s+You are logged out\./);
      await check();
      await logIn(guest, 'zoe@example.org', 'crème brûlée at noo');
      assert.match(await read(), /The e-mail or the password is not right\./);
      assert.deepEqual([await page.inputValue('#email'), await page.inputValue('#password')], ['zoe@example.org', '']);
      await check();
      await guest.shoot(`wrong-${lesson}`);
      await logIn(guest, 'zoe@example.org', 'crème brûlée at noon');
      assert.match(await read(), /Hello, Zoë <b>\s+You are logged in as zoe@example\.org \(customer\)\./);
      await check();
      const [cookie] = await page.context().cookies();
      assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite, cookie.path], ['sid', true, 'Lax', '/']);
      assert.equal(await page.evaluate('document.cookie'), '');
      await page.click('button:text-is("Log out")');
      assert.match(await read(), /^Log in/);
      assert.deepEqual(await page.context().cookies(), []);
      await page.context().addCookies([cookie]);
      await go('/login');
      assert.match(await read(), /^Log in/);
    }, lesson);
  }

  inBrowser(`a guest is led to the login and back, a customer is refused, ${how}`, async (_t, enter) => {
    const guest = await enter({ javaScript });
    const { page, go, read, path, check } = guest;
    await go('/');
    assert.deepEqual(await page.locator('nav a').allInnerTexts(), ['Café', 'Menu', 'Notes', 'Account']);
    await go('/staff');
    assert.equal(path(), '/login?next=%2Fstaff');
    assert.match(await read(), /Please log in first\. The page that you wanted is not for everybody\./);
    await check();
    await logIn(guest, ...ada);
    assert.equal(path(), '/staff');
    assert.match(await read(), /Forbidden\s+You are logged in as Ada, but this is for staff only\./);
    assert.deepEqual(await page.locator('nav a').allInnerTexts(), ['Café', 'Menu', 'Notes', 'Account']);
    await check();
    await page.click('text=Back to menu');
    assert.equal(await page.locator('header .visitor').innerText(), 'Logged in as Ada');
    await go('/menu/2/edit');
    assert.match(await read(), /for staff only/);
    await page.click('text=Log in as somebody else');
    await page.click('button:text-is("Log out")');
    await logIn(guest, ...grace);
    await page.click('nav >> text=Staff');
    assert.match(await read(), /^For staff/);
  });

  inBrowser(`Grace, of the staff, changes a price, and all see it, ${how}`, async (_t, enter) => {
    const [staff, guest] = [await enter({ javaScript }), await enter({ javaScript })];
    await staff.go('/staff');
    await logIn(staff, ...grace);
    assert.match(await staff.read(), /Flat white\s+120\s+€3\.40/);
    await staff.check();
    await staff.page.click('text=Flat white');
    await staff.page.fill('#price', '3600000');
    await staff.page.click('button:text("Save")');
    assert.match(await staff.page.locator('#price-problem').innerText(), /Please enter the price in whole cents/);
    await staff.check();
    await staff.page.fill('#price', '360');
    await staff.page.click('button:text("Save")');
    assert.equal(staff.path(), '/staff?changed=2');
    assert.match(await staff.read(), /Saved: Flat white, €3\.60, 120 left\./);
    await staff.check();
    await guest.go('/menu/2');
    assert.match(await guest.read(), /€3\.60/);
  });

  inBrowser(`two of the staff change one item, ${how}: the second sees both, and saves with one press more`, async (_t, enter) => {
    const [one, other] = [await enter({ javaScript }), await enter({ javaScript, width: 360 })];
    for (const guest of [one, other]) {
      await guest.go('/menu/2/edit');
      await logIn(guest, ...grace);
    }
    await one.page.fill('#price', '390');
    await one.page.selectOption('#category', 'warm');
    await one.page.click('button:text("Save")');
    await other.page.fill('#stock', '7');
    await other.page.click('button:text("Save")');
    assert.match(await other.read(), /Somebody else changed this while you were editing\..*Price, in cents now: 390.*How many are left now: 120.*Category now: Warm drinks/s);
    assert.deepEqual([await other.page.inputValue('#price'), await other.page.inputValue('#stock')], ['340', '7']);
    await other.check();
    await other.shoot('edit-conflict');
    await other.page.click('button:text("Save")');
    assert.match(await other.read(), /Saved: Flat white, €3\.40, 7 left\./);
  });

  inBrowser(`log out everywhere reaches the telephone, ${how}`, async (_t, enter) => {
    const [laptop, telephone] = [await enter({ javaScript }), await enter({ javaScript, width: 360 })];
    for (const one of [laptop, telephone]) {
      await one.go('/login');
      await logIn(one, ...ada);
      assert.match(await one.read(), /Hello, Ada/);
    }
    await laptop.page.click('button:text("Log out everywhere")');
    await telephone.page.reload();
    assert.match(await telephone.read(), /^Log in/);
  });
}

inBrowser('after the logout, the "back" button shows nothing more', async (_t, enter) => {
  const guest = await enter();
  await guest.go('/staff');
  await logIn(guest, ...grace);
  await guest.page.click('nav >> text=Account');
  await guest.page.click('button:text-is("Log out")');
  await guest.page.goBack();
  await guest.page.goBack();
  assert.match(await guest.read(), /^Log in/);
});

inBrowser('all of it can be done by keyboard alone', async (_t, enter) => {
  const { page, go, path } = await enter();
  const focused = () => page.evaluate('(document.activeElement.textContent || document.activeElement.id).trim()');
  const tabTo = async (name: string) => {
    for (let tabs = 0; tabs < 60 && await focused() !== name; tabs += 1) await page.keyboard.press('Tab');
    assert.equal(await focused(), name);
  };
  const enterOn = async (name: string) => { await tabTo(name); await Promise.all([page.waitForNavigation(), page.keyboard.press('Enter')]); };
  await go('/staff');
  await tabTo('email');
  await page.keyboard.type(grace[0]);
  await tabTo('password');
  await page.keyboard.type(grace[1]);
  await enterOn('Log in');
  assert.equal(path(), '/staff');
  await enterOn('Flat white');
  await tabTo('price');
  await page.keyboard.press('Control+A');
  await page.keyboard.type('365');
  await enterOn('Save');
  assert.equal(path(), '/staff?changed=2');
  await enterOn('Account');
  await enterOn('Log out');
  assert.equal(path(), '/login?done=out');
});

for (const [width, dark] of [[360, false], [360, true], [1920, false], [1920, true]] as const) {
  inBrowser(`the pages are good at ${width} pixels, ${dark ? 'dark' : 'light'}`, async (_t, enter) => {
    const guest = await enter({ width, dark });
    const look = async (name: string) => { await guest.check(); await guest.shoot(name); };
    await guest.go('/account');
    await look('account');
    await guest.go('/staff');
    await look('login');
    await logIn(guest, grace[0], 'wrong');
    await look('login-wrong');
    await logIn(guest, ...grace);
    await look('staff');
    await guest.go('/menu/2/edit');
    await look('edit');
    await guest.page.fill('#price', '');
    await guest.page.click('button:text("Save")');
    await look('edit-wrong');
    await guest.page.fill('#name', 'W'.repeat(60));
    await guest.page.fill('#price', '340');
    await guest.page.click('button:text("Save")');
    await look('staff-long');
    await guest.go('/menu/2/edit');
    await look('edit-long');
    await guest.go('/settings');
    await guest.page.fill('#opens', '20:00');
    await guest.page.fill('#tax', '7.5');
    await guest.page.click('button:text("Save")');
    assert.deepEqual(await guest.page.locator('.problem:not(:empty)').count(), 2);
    await look('settings-wrong');
    await guest.go('/login');
    await look('you');
    await guest.page.click('button:text-is("Log out")');
    await look('logged-out');
    await guest.go('/account');
    await guest.page.fill('#email', 'w@example.org');
    await guest.page.fill('#name', 'W'.repeat(60));
    await guest.page.fill('#password', 'espress');
    await guest.page.click('button:text("Create account")');
    await look('account-wrong');
    await guest.page.fill('#password', 'crème brûlée at noon');
    await guest.page.click('button:text("Create account")');
    await look('welcome-long');
    await guest.go('/staff');
    await look('forbidden-long');
  });
}
