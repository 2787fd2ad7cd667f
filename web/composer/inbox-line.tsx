import { useWords } from '../words/speak.tsx';

/** As an inbox shows it: who, what, and the words after it. */
export function InboxLine(props: {
  readonly from: string;
  readonly subject: string;
  readonly preheader: string;
}) {
  const { t } = useWords();
  return (
    <figure className="inbox">
      <figcaption className="hidden">{t('preview.inbox')}</figcaption>
      <strong>{props.from}</strong>
      <span className="inbox-subject">{props.subject}</span>
      <span className="inbox-preheader">{props.preheader}</span>
    </figure>
  );
}
