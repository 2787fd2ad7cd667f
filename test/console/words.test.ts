import { IntlMessageFormat } from 'intl-messageformat';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const web = path.join(import.meta.dirname, '..', '..', 'web');
/** What all rooms say stands with the words; what one room says alone stands in the room. */
const catalogue = (language: string) =>
  readdirSync(web, { recursive: true, encoding: 'utf8' })
    .filter((file) => path.basename(file) === `${language}.json`)
    .sort()
    .flatMap((file) =>
      Object.entries(JSON.parse(readFileSync(path.join(web, file), 'utf8')) as Texts),
    );
type Texts = Readonly<Record<string, string>>;
const [inFrench, inEnglish] = [catalogue('fr'), catalogue('en')];
const fr: Texts = Object.fromEntries(inFrench);
const en: Texts = Object.fromEntries(inEnglish);
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /\.tsx?$/.test(file),
);
const sources = files.map((file) => readFileSync(path.join(web, file), 'utf8')).join('\n');

type Element = ReturnType<IntlMessageFormat['getAst']>[number];

/** `count plural`, `link tag`: what a message asks for. */
function argumentsOf(elements: readonly Element[]): string[] {
  return elements.flatMap((element) => {
    const own =
      'value' in element && Number(element.type) !== 0 ? [`${element.value} ${element.type}`] : [];
    const inner = [
      ...('options' in element ? Object.values(element.options).map(({ value }) => value) : []),
      ...('children' in element ? [element.children] : []),
    ];
    return [...own, ...inner.flatMap(argumentsOf)];
  });
}
const asked = (text: string) =>
  [...new Set(argumentsOf(new IntlMessageFormat(text, 'en').getAst()))].sort();

it('the console says the same things in both languages', () => {
  expect(inEnglish.map(([key]) => key)).toEqual(inFrench.map(([key]) => key));
});

it('says each thing in one place', () => {
  expect(Object.keys(fr)).toHaveLength(inFrench.length);
});

it.each(Object.keys(fr))('"%s" asks for the same in both', (key) => {
  expect(asked(en[key]!)).toEqual(asked(fr[key]!));
});

it('holds no word that no screen says', () => {
  const groups = [...sources.matchAll(/`([\w.]+\.)\$\{/g)].map(([, group]) => group!);
  const named = [...sources.matchAll(/named\('([\w-]+)'/g)].map(([, group]) => `${group}.`);
  const unsaid = Object.keys(fr).filter(
    (key) =>
      !sources.includes(`'${key}'`) &&
      ![...groups, ...named].some((group) => key.startsWith(group)),
  );
  expect(unsaid).toEqual([]);
});

it('writes French as it is printed', () => {
  for (const [key, text] of Object.entries(fr)) expect(text, key).not.toMatch(/ [?!;:»]|« |'/);
});

it('takes nothing from the house but its types, and stands on no drawer', () => {
  for (const [line] of sources.matchAll(/^import [^;]*?functions\/[^;]*;/gm))
    expect(line).toMatch(/^import type /);
  expect(
    files.filter((file) => /(^|\/)(utils|helpers|lib|common)\/|index\.tsx?$/.test(file)),
  ).toEqual([]);
});
