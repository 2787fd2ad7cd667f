import './choices.css';

type ChoicesProps<Name extends string> = {
  readonly label: string;
  readonly value: Name;
  readonly choices: readonly { readonly value: Name; readonly label: string }[];
  readonly onChoose: (value: Name) => void;
};

/** One of a few, in words side by side; they wrap where there is little room. */
export function Choices<Name extends string>({
  label,
  value,
  choices,
  onChoose,
}: ChoicesProps<Name>) {
  return (
    <div role="group" aria-label={label} className="choices">
      {choices.map((one) => (
        <button
          key={one.value}
          type="button"
          aria-pressed={one.value === value}
          onClick={() => onChoose(one.value)}
        >
          {one.label}
        </button>
      ))}
    </div>
  );
}
