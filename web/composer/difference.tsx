import { useTopicName } from '../api/house.ts';
import { ConditionSaid } from '../segments/condition-said.tsx';
import { useWords } from '../words/speak.tsx';
import { useBlockNamed } from './blocks/block-named.ts';
import { ORDER } from './blocks/flat.ts';
import { idsIn, orderFrom } from './blocks/order.ts';
import { shapeFrom, type Shape } from './blocks/shape.ts';
import { canonical } from '../shell/canonical.ts';
import { languageName } from './language-name.ts';
import { audienceIn, type Letter } from './letter.ts';
import { ALL } from './texts.ts';
import './difference.css';

/** One of two letters, and what it is called beside the other. */
export type Side = { readonly name: string; readonly letter: Letter };
type DifferenceProps = {
  readonly place: string;
  readonly sides: readonly [Side, Side];
  /** One step below what it stands under. */
  readonly heading?: 'h3' | 'h4';
};

/** What two letters say in one place, side by side, in words one can read. */
export function Difference({ place, sides, heading: Heading = 'h3' }: DifferenceProps) {
  const said = usePlaceName(...sides);
  const [one, other] = sides;
  return (
    <div className="difference">
      <Heading>{said(place)}</Heading>
      {[one, other].map(({ name, letter }, at) => (
        <div key={name}>
          <span className="soft small">{name}</span>
          <div className="difference-said" tabIndex={0} role="group" aria-label={name}>
            <Value place={place} letter={letter} beside={(at === 0 ? other : one).letter} />
          </div>
        </div>
      ))}
    </div>
  );
}

/** "subject.fr" and "block/title/words.fr" as one would call them. */
export function usePlaceName(one: Side, other: Side): (place: string) => string {
  const { named } = useWords();
  const [inOne, inOther] = [useBlockNamed(one.letter), useBlockNamed(other.letter)];
  return (place) => {
    const [field = '', language] = place.split('.');
    const [room = '', block = ''] = field.split('/');
    const name =
      room === 'block'
        ? ((inOne(block) ?? inOther(block))?.name ?? block)
        : named('place-of', room);
    return language === undefined || language === ALL
      ? name
      : `${name} (${languageName(language)})`;
  };
}

type ValueProps = {
  readonly place: string;
  readonly letter: Letter;
  readonly beside: Letter;
};

function Value({ place, letter, beside }: ValueProps) {
  const { t } = useWords();
  const topicName = useTopicName();
  const text = letter[place] ?? '';
  const [room, block, field] = place.split('/');
  if (place === 'audience') {
    const audience = audienceIn(letter);
    return audience ? <ConditionSaid condition={audience} /> : t('compose.everybody');
  }
  if (place === ORDER) return <Order letter={letter} />;
  if (text === '') return <i>{t('difference.nothing')}</i>;
  if (place === 'topic') return topicName(text);
  if (room !== 'block') return text;
  if (field === undefined) return <Settings shape={shapeFrom(text)} beside={beside[place] ?? ''} />;
  const shape = letter[`block/${block}`] ?? '';
  return shape !== '' && shapeFrom(shape).kind === 'text' ? plain(text) : text;
}

function Order({ letter }: { readonly letter: Letter }) {
  const blockNamed = useBlockNamed(letter);
  return (
    <ol>
      {idsIn(orderFrom(letter[ORDER])).map((id) => (
        <li key={id}>{blockNamed(id)?.name ?? id}</li>
      ))}
    </ol>
  );
}

/** How a block is set, in what is not the same on the other side. */
function Settings({ shape, beside }: { readonly shape: Shape; readonly beside: string }) {
  const { t, named } = useWords();
  const other = (beside === '' ? {} : shapeFrom(beside)) as Readonly<Record<string, unknown>>;
  const lines = Object.entries(shape).filter(
    ([name, value]) =>
      name !== 'kind' && value !== '' && canonical([value]) !== canonical([other[name]]),
  );
  if (lines.length === 0) return named('block', shape.kind);
  return (
    <ul className="plain">
      {lines.map(([name, value]) => (
        <li key={name}>
          <strong>{named('difference-set', name)}</strong>{' '}
          {name === 'showIf' && shape.showIf ? (
            <ConditionSaid condition={shape.showIf} />
          ) : typeof value === 'boolean' ? (
            t(value ? 'difference.yes' : 'difference.no')
          ) : Array.isArray(value) ? (
            value.length
          ) : (
            named(`set.${name}`, String(value))
          )}
        </li>
      ))}
    </ul>
  );
}

/** What is read of a text with marks. It is parsed and never shown as a page. */
function plain(html: string): string {
  const lines = html.replace(/<br>|<\/(?:p|li)>/g, '\n');
  return (new DOMParser().parseFromString(lines, 'text/html').body.textContent ?? '').trim();
}
