import { Menu } from '@mantine/core';
import { safe } from '@orpc/client';
import { IconCheck, IconChevronDown, IconDeviceMobile } from '@tabler/icons-react';
import { useQueries } from '@tanstack/react-query';
import type { RepPhone } from '../../src-shared/rep.ts';
import { failureWords } from '../ui/failure-words.ts';
import { showToast } from '../ui/toast.tsx';
import { t } from '../words/words.ts';
import { api, queryClient } from './api.ts';
import { phoneTextQuery, repQuery } from './queries.ts';

/** Which of the rep's phones rings. */
export function PhoneMenu({
  phones,
  inUse,
  words,
  onSettings,
}: {
  readonly phones: readonly RepPhone[];
  /** E.164. */
  readonly inUse: string;
  readonly words: string;
  readonly onSettings: () => void;
}) {
  const texts = useQueries({ queries: phones.map(({ number }) => phoneTextQuery(number)) });
  return (
    <Menu position="top-start" width={240}>
      <Menu.Target>
        <button type="button" className="rep-line" title={words}>
          <IconDeviceMobile size={16} stroke={1.75} aria-hidden />
          <span>{words}</span>
          <IconChevronDown size={14} stroke={1.75} aria-hidden />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {phones.map(({ number, label }, index) => (
          <Menu.Item
            key={number}
            aria-current={number === inUse || undefined}
            rightSection={number === inUse ? <IconCheck size={16} aria-hidden /> : undefined}
            onClick={() => void ringOn(number)}
          >
            {texts[index]?.data ?? number}
            {label !== '' && <span className="second phone-menu-label">{label}</span>}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={onSettings}>{t('frame.phoneSettings')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

async function ringOn(number: string): Promise<void> {
  const { error, data, isDefined } = await safe(api.rep.usePhone({ number }));
  if (data !== undefined) {
    queryClient.setQueryData(repQuery.queryKey, data);
    return;
  }
  const isLocked = isDefined && error.code === 'LOCKED';
  showToast({ message: isLocked ? t('frame.phoneLocked') : failureWords(error) });
}
