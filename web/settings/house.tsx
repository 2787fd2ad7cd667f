import { NativeSelect, Textarea, TextInput } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import { useBrandForm } from './brand-form.ts';
import { Code } from './codes.tsx';
import { Group, SettingsForm } from './form.tsx';
import { languageChoices, Languages } from './languages.tsx';
import { Zone } from './zone.tsx';
import { useWrong } from './wrong.ts';

/** Who the house is: as the law wants it named, as mails show it. */
export function House() {
  const { t, locale } = useWords();
  const form = useBrandForm();
  const { brand, set } = form;
  const wrong = useWrong(form.error);
  const text = (name: 'name' | 'legalName') => ({
    label: t(`house.${name}`),
    value: brand[name],
    error: wrong(name),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      set({ [name]: event.currentTarget.value }),
  });
  const value = (name: 'jurisdiction' | 'currency' | 'timeZone') => ({
    label: t(`house.${name}`),
    value: brand[name],
    error: wrong(name),
    onChange: (code: string) => set({ [name]: code }),
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
          <Code kind="region" {...value('jurisdiction')} description={t('house.code.help')} />
          <Code kind="currency" {...value('currency')} description={t('house.code.help')} />
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
            description={t('house.sender.address.help')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
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
        <Languages
          main={brand.language}
          languages={brand.languages}
          onChange={(languages) => set({ languages })}
          error={wrong('languages')}
        />
        <NativeSelect
          label={t('house.language')}
          value={brand.language}
          error={wrong('language')}
          data={languageChoices(brand.languages, locale)}
          onChange={({ currentTarget }) => set({ language: currentTarget.value })}
        />
        <Zone {...value('timeZone')} />
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
