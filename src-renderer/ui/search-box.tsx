import { CloseButton, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { t } from '../words/words.ts';

/** The one id that the "search this list" action looks for. */
export const searchBoxId = 'list-search';

/** The search box of a list screen. Esc clears. */
export function SearchBox({
  label,
  placeholder,
  value,
  onChange,
}: {
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  return (
    <TextInput
      id={searchBoxId}
      type="search"
      className="search-box"
      aria-label={label}
      placeholder={placeholder}
      maxLength={200}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onChange('');
      }}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        value !== '' && <CloseButton size="sm" aria-label={t('dial.clear')} onClick={() => onChange('')} />
      }
    />
  );
}
