import { ActionIcon, Button, TextInput } from '@mantine/core';
import { safe } from '@orpc/client';
import { IconX } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import type { SettingsView } from '../../src-shared/contract/settings.ts';
import type { RepPhone } from '../../src-shared/rep.ts';
import { api } from '../app/api.ts';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { usePhoneText } from './phone-text.tsx';
import { saveSetting } from './save.ts';
import { notDone } from './save-flows.ts';
import { SettingGroup, SettingNote } from './setting-row.tsx';
import './lists.css';

const mostPhones = 10;

/** The rep's phones, one of them in use. */
export function Phones({ view }: { readonly view: SettingsView }) {
  const { phones, phoneInUse } = view.values;
  const locked = view.locked.includes('phones') || view.locked.includes('phoneInUse');
  const inUse = phones.find(({ number }) => number === phoneInUse) ?? phones[0];
  const [problem, setProblem] = useState('');
  const use = async (number: string) =>
    setProblem((await saveSetting('phones', { phoneInUse: number })) ?? '');
  return (
    <SettingGroup title={t('settings.phone.title')} hint={t('settings.phone.hint')}>
      {phones.length === 0 ? (
        <p className="setting-wide">{t('settings.phone.empty')}</p>
      ) : (
        <fieldset className="row-list" disabled={locked}>
          <legend className="visually-hidden">{t('settings.phone.title')}</legend>
          {phones.map((phone, index) => (
            <PhoneRow
              key={phone.number}
              phone={phone}
              inUse={phone === inUse}
              locked={locked}
              onUse={() => void use(phone.number)}
              onRemove={() => void remove(phones, index, phoneInUse)}
            />
          ))}
        </fieldset>
      )}
      <SettingNote place="phones" locked={locked} problem={problem} />
      {!locked && <AddPhone phones={phones} />}
    </SettingGroup>
  );
}

function PhoneRow({
  phone,
  inUse,
  locked,
  onUse,
  onRemove,
}: {
  readonly phone: RepPhone;
  readonly inUse: boolean;
  readonly locked: boolean;
  readonly onUse: () => void;
  readonly onRemove: () => void;
}) {
  const text = usePhoneText(phone.number);
  return (
    <div className="list-row">
      <label className="phone-choice">
        <input
          type="radio"
          name="phone-in-use"
          aria-label={t('settings.phone.use', { phone: text })}
          checked={inUse}
          onChange={onUse}
        />
        <span>
          <span className="setting-label">{text}</span>
          {phone.label !== '' && <span className="second">{phone.label}</span>}
        </span>
      </label>
      {inUse && (
        <span className="pill" data-tone="brand">
          {t('settings.phone.inUse')}
        </span>
      )}
      {!locked && (
        <ActionIcon size={34} aria-label={t('settings.phone.removeOf', { phone: text })} onClick={onRemove}>
          <IconX size={16} aria-hidden />
        </ActionIcon>
      )}
    </div>
  );
}

/** Takes a phone away at once, with a way back. */
async function remove(phones: readonly RepPhone[], index: number, phoneInUse: string): Promise<void> {
  const refused = await saveSetting('phones', { phones: phones.toSpliced(index, 1) });
  const phone = phones[index]?.number ?? '';
  if (refused !== null) return showToast({ message: notDone(refused) });
  showToast({
    message: t('settings.phone.removed', { phone }),
    undo: () => void saveSetting('phones', { phones: [...phones], phoneInUse }),
  });
}

/** A number as a person types it becomes E.164 by the core, which knows how numbers are written. */
function AddPhone({ phones }: { readonly phones: readonly RepPhone[] }) {
  const [number, setNumber] = useState('');
  const [label, setLabel] = useState('');
  const [problem, setProblem] = useState('');
  if (phones.length >= mostPhones) return <p className="setting-wide second">{t('settings.phone.full')}</p>;
  const add = async (event: FormEvent) => {
    event.preventDefault();
    const entered = number.trim();
    if (entered === '') return setProblem(t('settings.phone.bad'));
    const { data: verdict } = await safe(api.calls.check({ number: entered }));
    if (verdict === undefined) return setProblem(t('settings.lost'));
    const { e164 } = verdict.number;
    if (e164 === null) return setProblem(t('settings.phone.bad'));
    if (phones.some((phone) => phone.number === e164)) return setProblem(t('settings.phone.twice'));
    const refused = await saveSetting('phones', {
      phones: [...phones, { label: label.trim(), number: e164 }],
    });
    setProblem(refused ?? '');
    if (refused !== null) return;
    setNumber('');
    setLabel('');
  };
  return (
    <form className="add-row" onSubmit={(event) => void add(event)} noValidate>
      <TextInput
        label={t('settings.phone.number')}
        description={t('settings.phone.numberHint')}
        type="tel"
        placeholder="98450 43210"
        autoComplete="off"
        value={number}
        maxLength={40}
        error={problem === '' ? null : problem}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        onChange={(event) => {
          setNumber(event.currentTarget.value);
          setProblem('');
        }}
      />
      <TextInput
        label={t('settings.phone.label')}
        placeholder={t('settings.phone.labelPlaceholder')}
        autoComplete="off"
        value={label}
        maxLength={40}
        onChange={(event) => setLabel(event.currentTarget.value)}
      />
      <Button type="submit">{t('settings.phone.add')}</Button>
    </form>
  );
}
