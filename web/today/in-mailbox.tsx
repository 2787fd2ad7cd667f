import { useHouse } from '../api/house.ts';
import { useWords } from '../words/speak.tsx';

/** Where mail waits that goes to nobody: only the machine it was written on has such a place. */
export function InMailbox() {
  const { rich } = useWords();
  const { me } = useHouse();
  if (!me.mailStaysHere) return null;
  return (
    <p className="soft small">
      {rich('first.mailbox', {
        a: (parts) => (
          <a key="a" href="/mailbox" target="_blank" rel="noreferrer">
            {parts}
          </a>
        ),
      })}
    </p>
  );
}
