import { useState } from 'react';
import { canonical } from '../shell/canonical.ts';
import { Builder } from './builder.tsx';
import { begun } from './kinds.ts';
import { Offers } from './offers.ts';
import { conditionOf, groupOf, rootOf, rowOf, type AudienceCondition, type Group } from './tree.ts';

type EditorProps = {
  readonly condition: AudienceCondition | undefined;
  /** Hears of each whole condition; while a part still wants something, the one before stands. */
  readonly onChange: (condition: AudienceCondition) => void;
  readonly onUnfinished: (isUnfinished: boolean) => void;
  readonly fields?: readonly string[];
  readonly withSegments?: boolean;
};

const fresh = () => groupOf('all', [rowOf(begun('follows'))]);
const textOf = (condition: AudienceCondition | undefined) =>
  condition === undefined ? '' : canonical(condition);

/** The one builder of conditions, where a condition belongs to something else: a block, an audience. */
export function ConditionEditor(props: EditorProps) {
  const { condition, fields = [], withSegments = false } = props;
  const came = textOf(condition);
  const [held, setHeld] = useState(() => ({
    text: came,
    root: condition ? rootOf(condition) : fresh(),
  }));
  // What came from elsewhere: an undo, or somebody else's hand.
  if (came !== held.text) setHeld({ text: came, root: condition ? rootOf(condition) : fresh() });
  const change = (root: Group) => {
    const made = conditionOf(root);
    setHeld({ text: made ? textOf(made) : held.text, root });
    props.onUnfinished(!made);
    if (made) props.onChange(made);
  };
  return (
    <Offers value={{ withSegments, fields }}>
      <Builder root={held.root} onChange={change} />
    </Offers>
  );
}
