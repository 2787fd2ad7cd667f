import { Link } from '@tanstack/react-router';
import { useWords } from '../words/speak.tsx';
import { Page } from './page.tsx';

/** No such place; nobody is left standing there. */
export function NotThere() {
  const { t } = useWords();
  return (
    <Page title={t('missing.title')} lead={t('missing.lead')}>
      <Link to="/">{t('missing.home')}</Link>
    </Page>
  );
}
