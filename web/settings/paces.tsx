import { NativeSelect, Switch, TextInput } from '@mantine/core';
import { useWords } from '../words/speak.tsx';
import { useBrandForm } from './brand-form.ts';
import { Count, type FieldProps } from './count.tsx';
import { Group, SettingsForm } from './form.tsx';
import { useWrong } from './wrong.ts';

const MONDAY = Date.UTC(2026, 0, 5);
const DAY_MS = 24 * 60 * 60_000;

/** When readers' letters leave, and what nobody is to be troubled with. */
export function Paces() {
  const { t, locale } = useWords();
  const form = useBrandForm();
  const { brand, set } = form;
  const { firstPart } = brand;
  const wrong = useWrong(form.error);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' });
  return (
    <SettingsForm form={form} lead={t('paces.lead')}>
      <Group title={t('paces.letters')} help={t('paces.letters.help')}>
        <div className="pair">
          <NativeSelect
            label={t('paces.weekday')}
            value={String(brand.digestWeekday)}
            error={wrong('digestWeekday')}
            data={[1, 2, 3, 4, 5, 6, 7].map((day) => ({
              value: String(day),
              label: weekday.format(MONDAY + (day - 1) * DAY_MS),
            }))}
            onChange={({ currentTarget }) => set({ digestWeekday: Number(currentTarget.value) })}
          />
          <Clock
            label={t('paces.morning')}
            minutes={brand.digestAtMinutes}
            error={wrong('digestAtMinutes')}
            onChange={(digestAtMinutes) => set({ digestAtMinutes })}
          />
          <Clock
            label={t('paces.afternoon')}
            minutes={brand.afternoonAtMinutes}
            error={wrong('afternoonAtMinutes')}
            onChange={(afternoonAtMinutes) => set({ afternoonAtMinutes })}
          />
        </div>
        <Switch
          label={t('paces.approval')}
          description={t('paces.approval.help')}
          checked={brand.lettersNeedApproval}
          onChange={({ currentTarget }) => set({ lettersNeedApproval: currentTarget.checked })}
        />
      </Group>
      <Group title={t('paces.cap')} help={t('paces.cap.help')}>
        <div className="pair">
          <Count
            label={t('paces.mails')}
            value={brand.cap.mails}
            error={wrong('cap.mails')}
            onChange={(mails) => set({ cap: { ...brand.cap, mails } })}
          />
          <Count
            label={t('paces.days')}
            value={brand.cap.days}
            error={wrong('cap.days')}
            onChange={(days) => set({ cap: { ...brand.cap, days } })}
          />
        </div>
      </Group>
      <Group title={t('paces.personal')} help={t('paces.personal.help')}>
        <div className="pair">
          <Count
            label={t('paces.mails')}
            value={brand.lifecycleCeiling.mails}
            error={wrong('lifecycleCeiling.mails')}
            onChange={(mails) => set({ lifecycleCeiling: { ...brand.lifecycleCeiling, mails } })}
          />
          <Count
            label={t('paces.days')}
            value={brand.lifecycleCeiling.days}
            error={wrong('lifecycleCeiling.days')}
            onChange={(days) => set({ lifecycleCeiling: { ...brand.lifecycleCeiling, days } })}
          />
        </div>
      </Group>
      <Group title={t('paces.quiet')} help={t('paces.quiet.help')}>
        <div className="pair">
          <Clock
            label={t('paces.quiet.from')}
            minutes={brand.quiet.fromMinutes}
            error={wrong('quiet.fromMinutes')}
            onChange={(fromMinutes) => set({ quiet: { ...brand.quiet, fromMinutes } })}
          />
          <Clock
            label={t('paces.quiet.to')}
            minutes={brand.quiet.toMinutes}
            error={wrong('quiet.toMinutes')}
            onChange={(toMinutes) => set({ quiet: { ...brand.quiet, toMinutes } })}
          />
        </div>
      </Group>
      <Group title={t('paces.care')} help={t('paces.care.help')}>
        <div className="pair">
          <Count
            label={t('paces.large')}
            value={brand.largeSend.readers}
            error={wrong('largeSend.readers')}
            onChange={(readers) => set({ largeSend: { ...brand.largeSend, readers } })}
          />
          <NativeSelect
            label={t('paces.large.needs')}
            value={brand.largeSend.needs}
            data={(['number', 'second-person'] as const).map((value) => ({
              value,
              label: t(`paces.large.${value}`),
            }))}
            onChange={({ currentTarget }) =>
              set({
                largeSend: {
                  ...brand.largeSend,
                  needs: currentTarget.value as 'number' | 'second-person',
                },
              })
            }
          />
        </div>
        <div className="pair">
          <Count
            label={t('paces.first.percent')}
            description={t('paces.first.percent.help')}
            value={firstPart.percent}
            error={wrong('firstPart.percent')}
            onChange={(percent) => set({ firstPart: { ...firstPart, percent } })}
          />
          <Count
            label={t('paces.first.least')}
            description={t('paces.first.least.help')}
            value={firstPart.least}
            error={wrong('firstPart.least')}
            onChange={(least) => set({ firstPart: { ...firstPart, least } })}
          />
        </div>
        <div className="pair">
          <Count
            label={t('paces.first.minutes')}
            value={firstPart.minutes}
            error={wrong('firstPart.minutes')}
            onChange={(minutes) => set({ firstPart: { ...firstPart, minutes } })}
          />
          <Count
            label={t('paces.first.bounced')}
            value={firstPart.bouncedPercent}
            error={wrong('firstPart.bouncedPercent')}
            onChange={(bouncedPercent) => set({ firstPart: { ...firstPart, bouncedPercent } })}
          />
        </div>
        <Count
          label={t('paces.late')}
          description={t('paces.late.help')}
          value={brand.lateAfterHours}
          error={wrong('lateAfterHours')}
          onChange={(lateAfterHours) => set({ lateAfterHours })}
        />
        <NativeSelect
          label={t('paces.oneClick')}
          description={t('paces.oneClick.help')}
          value={brand.oneClick}
          data={(['everything', 'topic'] as const).map((value) => ({
            value,
            label: t(`paces.oneClick.${value}`),
          }))}
          onChange={({ currentTarget }) =>
            set({ oneClick: currentTarget.value as 'everything' | 'topic' })
          }
        />
      </Group>
    </SettingsForm>
  );
}

/** A time of day on the reader's clock; the API counts its minutes. */
function Clock({
  minutes,
  onChange,
  ...field
}: FieldProps & { readonly minutes: number; readonly onChange: (minutes: number) => void }) {
  const two = (part: number) => String(part).padStart(2, '0');
  return (
    <TextInput
      type="time"
      {...field}
      value={`${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`}
      onChange={({ currentTarget: { value } }) => {
        const [hours, rest] = value.split(':').map(Number);
        if (hours !== undefined && rest !== undefined) onChange(hours * 60 + rest);
      }}
    />
  );
}
