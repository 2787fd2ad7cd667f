import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useHouse } from '../api/house.ts';
import type { Campaign, Preview } from '../api/shapes.ts';
import { CannotBeShown } from '../campaigns/cannot-be-shown.tsx';
import { letterQuery } from '../campaigns/letter-query.ts';
import { useBlockNamed } from '../composer/blocks/block-named.ts';
import { InboxLine } from '../composer/inbox-line.tsx';
import { languageName } from '../composer/language-name.ts';
import { letterOf } from '../composer/letter.ts';
import { Remarks } from '../composer/remarks.tsx';
import { useWords } from '../words/speak.tsx';
import '../composer/composer.css';

/** What will leave, and what a careful colleague would say of it while it can still be mended. */
export function SecondLook({ campaign }: { readonly campaign: Campaign }) {
  const { t } = useWords();
  const blockNamed = useBlockNamed(letterOf(campaign));
  const { main, error, letters } = useLetters(campaign);
  if (!main && !error) return null;
  return (
    <section className="sheet stack" aria-labelledby="second-look">
      <h2 id="second-look">{t('campaign.letter')}</h2>
      {error && <CannotBeShown error={error} campaign={campaign} />}
      {main && (
        <>
          <InboxLine from={main.from.name} subject={main.subject} preheader={main.preheader} />
          <Remarks
            remarks={remarksOf(letters)}
            bytes={Math.max(...letters.map(({ bytes }) => bytes))}
            blockNamed={blockNamed}
          />
        </>
      )}
      <WhereTo campaign={campaign} />
    </section>
  );
}

/** The letter in each of its languages. */
export function useLetters(campaign: Campaign) {
  const { data: main, error: fault } = useQuery(letterQuery(campaign));
  const others = useQueries({
    queries: (main?.languages ?? [])
      .filter((language) => language !== main?.language)
      .map((language) => letterQuery(campaign, language)),
  });
  const letters = [main, ...others.map(({ data }) => data)].filter((one) => one !== undefined);
  const error = fault ?? others.find((one) => one.error)?.error;
  return { main, error, letters };
}

/** Where one reads it whole, and where it is mended. */
function WhereTo({ campaign: { id, state } }: { readonly campaign: Campaign }) {
  const { t } = useWords();
  const { may } = useHouse();
  return (
    <p className="row">
      <Link to="/campaigns/$id" params={{ id }} search={{}} hash="letter">
        {t('letter.read')}
      </Link>
      {state !== 'scheduled' && may('campaigns:write') && (
        <Link to="/campaigns/$id/write" params={{ id }}>
          {t('letter.mend')}
        </Link>
      )}
      {state === 'scheduled' && <span className="soft">{t('letter.mendFirst')}</span>}
    </p>
  );
}

/** The same thing in several languages is one remark; what is said of one language alone names it. */
export function remarksOf(letters: readonly Preview[]): Preview['remarks'] {
  const alike = Map.groupBy(
    letters.flatMap(({ language, remarks }) => remarks.map((remark) => ({ remark, language }))),
    ({ remark: { code, what, language = '' } }) => `${code} ${what} ${language}`,
  );
  return [...alike.values()].map(([one, ...more]) => {
    const { remark, language } = one!;
    const isOfOne = letters.length > 1 && more.length === 0 && remark.what === '';
    return isOfOne ? { ...remark, what: languageName(language) } : remark;
  });
}
