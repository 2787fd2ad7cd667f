import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useHouse } from '../../api/house.ts';
import type { Campaign } from '../../api/shapes.ts';
import { Sheet } from '../../shell/sheet.tsx';
import { Said, Waiting } from '../../shell/trouble.tsx';
import { useWords } from '../../words/speak.tsx';
import type { Letter } from '../letter.ts';
import { OneVersion } from './one-version.tsx';
import { versionsQuery, type Standing, type Versions } from './versions-query.ts';
import './versions.css';

export type VersionsProps = {
  readonly campaign: Campaign;
  /** As it stands on the desk. */
  readonly letter: Letter;
  readonly languages: readonly string[];
  /** Brings a version back; undefined for who may only read. */
  readonly onBringBack: ((number: number) => Promise<void>) | undefined;
  readonly onClose: () => void;
};

/** How a letter stood before: by whose hand, what changed, and each of them to be read and brought back. */
export function VersionsSheet(props: VersionsProps) {
  const { t } = useWords();
  const { data, error } = useQuery(versionsQuery(props.campaign.id));
  return (
    <Sheet title={t('versions.title')} onClose={props.onClose} wide>
      <p className="soft">{t('versions.lead')}</p>
      {error ? <Said error={error} /> : data ? <Found {...props} versions={data} /> : <Waiting />}
    </Sheet>
  );
}

function Found({ versions, ...props }: VersionsProps & { readonly versions: Versions }) {
  const { t } = useWords();
  const { now, items } = versions;
  const [chosen, setChosen] = useState(items[0]?.number);
  const version = items.find(({ number }) => number === chosen);
  if (items.length === 0) return <p className="empty">{t('versions.none')}</p>;
  return (
    <div className="versions">
      <ol className="plain versions-list" aria-label={t('versions.title')}>
        <li className="version" data-now>
          <strong>{t('versions.now')}</strong>
          <Work of={now} />
        </li>
        {items.map((one) => (
          <li key={one.number}>
            <button
              type="button"
              className="version"
              aria-pressed={one.number === chosen}
              onClick={() => setChosen(one.number)}
            >
              <Work of={one} />
            </button>
          </li>
        ))}
      </ol>
      {version && <OneVersion key={version.number} {...props} version={version} />}
    </div>
  );
}

/** What of a letter is named by itself; the rest is how it is sent. */
const NAMED: readonly string[] = ['name', 'topic', 'subject', 'preheader', 'content', 'audience'];
const REST = 'settings';

/** When, by whose hand, and what they changed. */
function Work({ of: { at, by, changed } }: { readonly of: Standing }) {
  const { t, named } = useWords();
  const { date } = useHouse();
  const parts = new Set((changed ?? []).map((part) => (NAMED.includes(part) ? part : REST)));
  const what = [...parts].map((part) =>
    NAMED.includes(part) && part !== 'content'
      ? named('place-of', part)
      : t(part === 'content' ? 'place-of.source' : 'versions.settings'),
  );
  return (
    <>
      <span className="version-at">{date(at, 'moment')}</span>
      {by && <span>{by.name}</span>}
      <span className="soft small">
        {changed === null
          ? t('versions.first')
          : what.length === 0
            ? t('versions.unchanged')
            : t('versions.changed', { what: what.join(', ') })}
      </span>
    </>
  );
}
