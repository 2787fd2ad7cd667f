import { useHouse } from '../api/house.ts';
import { useWords } from '../words/speak.tsx';
import { CopyButton } from './copy.tsx';

/** Where readers sign up, and how to lead them there from the house's own site. */
export function SignUp() {
  const { t } = useWords();
  const { brand } = useHouse();
  const address = `${location.origin}/subscribe`;
  const link = `<a href="${address}">${t('signUp.linkText', { house: escaped(brand.name) })}</a>`;
  return (
    <div className="settings-part">
      <p className="soft">{t('signUp.lead')}</p>
      <section className="stack" aria-labelledby="sign-up-page">
        <h2 id="sign-up-page">{t('signUp.page')}</h2>
        <p>
          <a href={address} target="_blank" rel="noreferrer">
            {address}
          </a>
        </p>
        <div>
          <CopyButton text={address} />
        </div>
      </section>
      <section className="stack" aria-labelledby="sign-up-link">
        <h2 id="sign-up-link">{t('signUp.link')}</h2>
        <p className="soft">{t('signUp.link.help')}</p>
        <code className="once" tabIndex={0} aria-labelledby="sign-up-link">
          {link}
        </code>
        <div>
          <CopyButton text={link} />
        </div>
      </section>
      <p className="soft">{t('signUp.api')}</p>
    </div>
  );
}

const escaped = (text: string) => text.replaceAll(/[&<>"]/g, (sign) => `&#${sign.codePointAt(0)};`);
