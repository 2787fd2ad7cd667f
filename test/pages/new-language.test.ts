import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { cataloguesIn } from '../../functions/base/catalogues.ts';
import { CATALOGUES } from '../../functions/base/words.ts';
import { CLAIRE, publish, townWithClaire } from '../stories/reader-cast.ts';
import { linkTo } from '../town.ts';

const WORDS = new URL('../../functions/base/words/', import.meta.url);

/** A folder of words with one more file: German, as far as every sentence says that it is. */
function foldersWithGerman() {
  const folder = mkdtempSync(path.join(tmpdir(), 'moderato-words-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const language of Object.keys(CATALOGUES))
    copyFileSync(new URL(`${language}.json`, WORDS), path.join(folder, `${language}.json`));
  const german = Object.fromEntries(
    Object.entries(CATALOGUES.en!).map(([key, text]) => [
      key,
      key === 'greeting.titles-stand-alone' ? 'no' : `deutsch: ${text}`,
    ]),
  );
  writeFileSync(path.join(folder, 'de.json'), JSON.stringify(german));
  return pathToFileURL(`${folder}/`);
}

it('whoever adds one file has added a language: pages, mails, greeting and dates speak it', async () => {
  const { de } = cataloguesIn(foldersWithGerman());
  const spoken = CATALOGUES as Record<string, Record<string, string>>;
  spoken.de = de!;
  onTestFinished(() => {
    delete spoken.de;
  });

  const { town, id } = await townWithClaire({ frequency: 'monthly' });
  const { headers } = await town.api('GET', '/brand');
  const languages = { languages: ['fr', 'en', 'de'] };
  await town.call('PATCH', '/brand', languages, { 'if-match': headers.get('etag')! });
  const agent = { name: 'Lise', method: 'phone' };
  await town.call('POST', `/people/${id}/preferences`, { language: 'de', agent });
  await publish(town, 'arrivages', 'Eins');
  await publish(town, 'ateliers', 'Zwei');
  await town.passTime({ to: Date.UTC(2026, 1, 10) });

  const letter = town.lastMail(CLAIRE);
  expect(letter.html).toContain('lang="de"');
  expect(letter.text).toContain('deutsch: Unsubscribe');
  const page = await town.open(linkTo('preferences', letter));
  expect(page.html).toContain('<html lang="de"');
  expect(page.text).toContain('deutsch: Ms Bonnet');
  expect(page.text).toContain('3. März');
  for (const open of ['/subscribe?lang=de', '/link?lang=de', linkTo('unsubscribe', letter)]) {
    const { html, heading } = await town.open(open);
    expect(html).toContain('<html lang="de"');
    expect(heading).toMatch(/^deutsch: /);
  }
});
