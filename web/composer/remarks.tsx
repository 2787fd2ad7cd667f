import { Fragment, type ReactElement } from 'react';
import type { Preview } from '../api/shapes.ts';
import { shownName } from '../people/field-name.ts';
import { languageName } from './language-name.ts';
import { listIn } from '../words/format.ts';
import { useWords } from '../words/speak.tsx';

const KIB = 1_024;
/** The block that something of a remark belongs to, if it is one's. */
export type BlockNamed = (
  what: string,
) => { readonly id: string; readonly name: string } | undefined;

const weight = ({ level }: Preview['remarks'][number]) => (level === 'error' ? 0 : 1);

type RemarksProps = Pick<Preview, 'remarks' | 'bytes'> & {
  readonly blockNamed?: BlockNamed;
  readonly onOpen?: (block: string) => void;
};

/** What is worth a second look, each thing once with its places. An error can hurt readers; the rest is advice. */
export function Remarks({ remarks, bytes, blockNamed, onOpen }: RemarksProps) {
  const words = useWords();
  const { t, named } = words;
  const size = t('remarks.size', { size: Math.max(1, Math.round(bytes / KIB)) });
  const said = (code: string, what: string) =>
    code === 'field-may-be-empty' ? shownName({ named }, what) : what;
  const gravestFirst = remarks.toSorted((one, other) => weight(one) - weight(other));
  const together = Map.groupBy(gravestFirst, ({ code }) => code);
  return (
    <div className="remarks">
      <h3>{t('remarks.title', { count: remarks.length })}</h3>
      <ul className="plain">
        {[...together].map(([code, same]) => (
          <li key={code} data-level={same[0]!.level}>
            {named('remark', code)}
            <Places>
              {[...Map.groupBy(same, ({ what }) => what)].map(([what, each]) => {
                const block = blockNamed?.(what);
                const languages = each.flatMap(({ language }) => language ?? []).map(languageName);
                return (
                  <Fragment key={what}>
                    {block && onOpen ? (
                      <button type="button" className="words" onClick={() => onOpen(block.id)}>
                        {block.name}
                      </button>
                    ) : (
                      what && <q>{block?.name ?? said(code, what)}</q>
                    )}
                    {languages.length > 0 && (
                      <span className="soft"> {listIn(words, languages)}</span>
                    )}
                  </Fragment>
                );
              })}
            </Places>
          </li>
        ))}
      </ul>
      <p className="soft small">{size}</p>
    </div>
  );
}

/** One place goes on in the sentence; several have a line each. */
function Places({ children }: { readonly children: readonly ReactElement[] }) {
  if (children.length === 1) return <> {children}</>;
  return (
    <ul className="plain remark-places">
      {children.map((place) => (
        <li key={place.key}>{place}</li>
      ))}
    </ul>
  );
}
