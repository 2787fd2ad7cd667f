import { Checkbox, NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import { useBrandForm, type Brand } from './brand-form.ts';
import { Group, SettingsForm } from './form.tsx';
import { useWrong } from './wrong.ts';

/** Languages that pages and mails speak from the start; the house may have added others. */
const SPOKEN: readonly string[] = ['fr', 'en'];
const ZONES = Intl.supportedValuesOf('timeZone');

/** Who the house is: as the law wants it named, as mails show it. */
export function House() {
  const { t, locale } = useWords();
  const form = useBrandForm();
  const { brand, set } = form;
  const wrong = useWrong(form.error);
  const text = (name: 'name' | 'legalName' | 'jurisdiction' | 'currency' | 'timeZone') => ({
    label: t(`house.${name}`),
    value: brand[name],
    error: wrong(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });
  const link = (name: 'privacyUrl' | 'logoUrl' | 'replyTo') => ({
    label: t(`house.${name}`),
    description: t(`house.${name}.help`),
    value: brand[name] ?? '',
    error: wrong(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value || null }),
  });
  return (
    <SettingsForm form={form} lead={t('house.lead')}>
      <Group title={t('house.who')}>
        <TextInput {...text('name')} />
        <TextInput {...text('legalName')} description={t('house.legalName.help')} />
        <Textarea
          label={t('house.postalAddress')}
          description={t('house.postalAddress.help')}
          rows={2}
          value={brand.postalAddress}
          error={wrong('postalAddress')}
          onChange={({ currentTarget }) => set({ postalAddress: currentTarget.value })}
        />
        <div className="pair">
          <TextInput {...text('jurisdiction')} maxLength={2} />
          <TextInput {...text('currency')} maxLength={3} />
        </div>
        <TextInput {...link('privacyUrl')} type="url" inputMode="url" />
      </Group>
      <Group title={t('house.sender')} help={t('house.sender.help')}>
        <div className="pair">
          <TextInput
            label={t('house.sender.name')}
            value={brand.sender.name}
            error={wrong('sender.name')}
            onChange={({ currentTarget }) =>
              set({ sender: { ...brand.sender, name: currentTarget.value } })
            }
          />
          <TextInput
            label={t('house.sender.address')}
            type="email"
            value={brand.sender.address}
            error={wrong('sender.address')}
            onChange={({ currentTarget }) =>
              set({ sender: { ...brand.sender, address: currentTarget.value } })
            }
          />
        </div>
        <TextInput {...link('replyTo')} type="email" />
      </Group>
      <Group title={t('house.languages')} help={t('house.languages.help')}>
        <Languages brand={brand} set={set} error={wrong('languages')} />
        <NativeSelect
          label={t('house.language')}
          value={brand.language}
          error={wrong('language')}
          data={brand.languages.map((one) => ({ value: one, label: nameOf(one, locale) }))}
          onChange={({ currentTarget }) => set({ language: currentTarget.value })}
        />
        <TextInput {...text('timeZone')} list="zones" />
        <datalist id="zones">
          {ZONES.map((zone) => (
            <option key={zone} value={zone} />
          ))}
        </datalist>
      </Group>
      <Group title={t('house.look')} help={t('house.look.help')}>
        <TextInput
          className="colour"
          label={t('house.colour')}
          error={wrong('colour')}
          value={brand.colour}
          onChange={({ currentTarget }) => set({ colour: currentTarget.value })}
          leftSection={
            <input
              type="color"
              aria-label={t('house.colour.pick')}
              value={/^#[0-9a-f]{6}$/i.test(brand.colour) ? brand.colour : '#000000'}
              onChange={({ currentTarget }) => set({ colour: currentTarget.value })}
            />
          }
        />
        <TextInput {...link('logoUrl')} type="url" inputMode="url" />
      </Group>
    </SettingsForm>
  );
}

type LanguagesProps = {
  readonly brand: Brand;
  readonly set: (change: Partial<Brand>) => void;
  readonly error: string | undefined;
};

function Languages({ brand, set, error }: LanguagesProps) {
  const { locale } = useWords();
  const all = [...new Set([...SPOKEN, ...brand.languages])];
  return (
    <div className="stack tight">
      {all.map((one) => (
        <Checkbox
          key={one}
          label={nameOf(one, locale)}
          checked={brand.languages.includes(one)}
          disabled={one === brand.language}
          onChange={({ currentTarget }) =>
            set({
              languages: all.filter((other) =>
                other === one ? currentTarget.checked : brand.languages.includes(other),
              ),
            })
          }
        />
      ))}
      {error && <p className="wrong small">{error}</p>}
    </div>
  );
}

const nameOf = (language: string, locale: string) =>
  new Intl.DisplayNames([locale], { type: 'language' }).of(language) ?? language;
