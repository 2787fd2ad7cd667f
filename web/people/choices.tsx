import { useHouse, useTopicName } from '../api/house.ts';
import type { Person } from '../api/shapes.ts';
import { languageAlone } from '../composer/language-name.ts';
import { useWords } from '../words/speak.tsx';

/** What they chose. */
export function Choices({ person }: { readonly person: Person }) {
  const { locale, t, named } = useWords();
  const { date } = useHouse();
  const topicName = useTopicName();
  return (
    <section className="sheet stack" aria-labelledby="chosen">
      <h2 id="chosen">{t('person.chosen')}</h2>
      <dl className="person-facts">
        <div>
          <dt>{t('person.pace')}</dt>
          <dd>{named('pace', person.frequency)}</dd>
          {person.nextDigestAt && (
            <dd className="soft small">
              {t('person.next', { when: date(person.nextDigestAt, 'day') })}
            </dd>
          )}
        </div>
        {person.pausedUntil && (
          <div>
            <dt>{t('person.pause')}</dt>
            <dd>{t('person.until', { when: date(person.pausedUntil, 'day') })}</dd>
          </div>
        )}
        <div>
          <dt>{t('person.topics')}</dt>
          {person.subscriptions.map(({ topic, state, delivery }) => (
            <dd key={topic}>
              {topicName(topic)}{' '}
              <span className="soft small">
                {state === 'given'
                  ? named('delivery', comes(person, delivery))
                  : named('consent', state)}
              </span>
            </dd>
          ))}
          {person.subscriptions.length === 0 && <dd className="soft">{t('person.noTopic')}</dd>}
        </div>
        <div>
          <dt>{t('person.address')}</dt>
          <dd>{named('salutation', person.salutation.form)}</dd>
        </div>
        <div>
          <dt>{t('person.language')}</dt>
          <dd>
            {languageAlone(locale, person.language)} · {person.timeZone}
          </dd>
        </div>
        <div>
          <dt>{t('person.switches')}</dt>
          {(['personalNotes', 'byPurchases', 'countClicks'] as const).map((name) => (
            <dd key={name} className="small">
              {t('person.switch', {
                name: t(`person.${name}`),
                value: t(person[name] ? 'person.yes' : 'person.no'),
              })}
            </dd>
          ))}
        </div>
      </dl>
    </section>
  );
}

/** What becomes of a topic at their pace: only a slower one gathers letters, and a pause all of them. */
function comes(
  { frequency, pausedUntil }: Person,
  delivery: Person['subscriptions'][number]['delivery'],
): string {
  if (pausedUntil !== null) return 'paused';
  return frequency === 'immediate' ? 'immediate' : delivery;
}
