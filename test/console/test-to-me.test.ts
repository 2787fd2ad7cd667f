import { expect, it } from 'vitest';
import { launchChromium } from '../pages/chromium.ts';
import { enter, houseWithTeam, objections } from './console.ts';
import { draftCampaign } from './scenes.ts';

it('a test is of the language one looks at, or of any other, or of all, and says which', async () => {
  const browser = await launchChromium();
  try {
    const town = await houseWithTeam();
    const path = `/campaigns/${await draftCampaign(town)}/write`;
    const { page } = await enter(browser, town, 'owner', path, { locale: 'en' });
    const language = page.getByRole('combobox', { name: 'Language of the test' });
    await page
      .getByRole('group', { name: /anguages/ })
      .getByRole('button', { name: 'English' })
      .click();
    const send = page.getByRole('button', { name: 'Send me a test' });
    await send.click();
    await page.getByText('A test has left for claire@example.org: English.').waitFor();
    expect(town.lastMail('claire@example.org').subject).toBe('[test] The poulsard is here');
    await language.selectOption('all');
    await send.click();
    await page.getByText('2 tests have left for claire@example.org: English and French.').waitFor();
    expect(town.mails()).toHaveLength(3);
    expect(await objections(page)).toEqual([]);
  } finally {
    await browser.close();
  }
}, 60_000);
